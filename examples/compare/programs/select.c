// The same questions as poll.c, asked with select.
#include <sys/select.h>

#include "observe.h"

static char buffer[100];

static void observe_select(const char *what, bool reads, bool writes,
                           int timeout) {
  fd_set readable, writable;
  FD_ZERO(&readable);
  FD_ZERO(&writable);
  if (reads) FD_SET(0, &readable);
  if (writes) FD_SET(1, &writable);
  struct timeval limit = {.tv_sec = timeout / 1000,
                          .tv_usec = timeout % 1000 * 1000};
  long long start = now_ms();
  int count = select(2, &readable, &writable, NULL, &limit);
  observe(what);
  put_result(count);
  if (count > 0 && FD_ISSET(0, &readable)) put(" in");
  if (count > 0 && FD_ISSET(1, &writable)) put(" out");
  if (timeout == LIMIT_MS) put_waited(start);
  end_line();
}

int main(void) {
  observe_select("nothing there, no time", true, false, 0);
  observe_select("nothing there, 0.4 s", true, false, LIMIT_MS);
  observe_select("stdout to write, 0.4 s", false, true, LIMIT_MS);
  observe_select("no descriptor, 0.4 s", false, false, LIMIT_MS);
  ask("give line");
  observe_select("a line there", true, false, LONG_MS);
  observe("reading it");
  put_result(read(0, buffer, sizeof buffer));
  end_line();
  ask("end");
  observe_select("at the end", true, false, LONG_MS);
  return 0;
}
