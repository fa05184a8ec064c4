// Closes stdin, and asks for more of it.
#include <sys/stat.h>

#include "observe.h"

static char buffer[100];

int main(void) {
  observe("close");
  put_result(close(0));
  end_line();
  observe("close again");
  put_result(close(0));
  end_line();
  observe("read");
  put_result(read(0, buffer, sizeof buffer));
  end_line();
  observe("fstat");
  struct stat stat;
  put_result(fstat(0, &stat));
  end_line();

  struct pollfd closed = {.fd = 0, .events = POLLIN};
  long long start = now_ms();
  int count = poll(&closed, 1, LIMIT_MS);
  observe("poll, 0.4 s");
  put_result(count);
  if (count > 0) put_events(closed.revents);
  put_waited(start);
  end_line();
  return 0;
}
