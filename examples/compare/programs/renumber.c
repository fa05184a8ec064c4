// Puts stderr in the place of stdin. preview1 has no dup; it has a call that
// moves a descriptor to another number.
#include "observe.h"

#ifdef __wasi__
#include <wasi/libc.h>

static int renumber(int from, int to) {
  return __wasilibc_fd_renumber(from, to);
}
#else
static int renumber(int from, int to) {
  return dup2(from, to) < 0 ? -1 : close(from);
}
#endif

int main(void) {
  int result = renumber(2, 0);
  observe("stderr to the number of stdin");
  put_result(result);
  end_line();
  observe("0 bytes to 0");
  put_result(write(0, "", 0));
  end_line();
  observe("0 bytes to 2");
  put_result(write(2, "", 0));
  end_line();
  observe("from a number that is not there");
  put_result(renumber(9, 0));
  end_line();
  return 0;
}
