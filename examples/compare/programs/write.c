// Writes of nothing, and to what cannot be written to.
#include "observe.h"

static void observe_write(const char *what, int fd, size_t size) {
  observe(what);
  put_result(write(fd, "# a line\n", size));
  end_line();
}

int main(void) {
  observe_write("0 bytes to stdout", 1, 0);
  observe_write("0 bytes to stderr", 2, 0);
  observe_write("0 bytes to stdin", 0, 0);
  observe_write("9 bytes to stdin", 0, 9);
  observe_write("to a descriptor that is not there", 9, 9);

  ssize_t count = write(1, "# a line\n", 9);
  observe("9 bytes to stdout");
  put_result(count);
  end_line();
  return 0;
}
