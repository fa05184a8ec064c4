// When poll says that there is something to read, and for how long it waits.
#include "observe.h"

static char buffer[100];

static void observe_poll(const char *what, int timeout) {
  struct pollfd stdin_ready = {.fd = 0, .events = POLLIN};
  long long start = now_ms();
  int count = poll(&stdin_ready, 1, timeout);
  observe(what);
  put_result(count);
  if (count > 0) put_events(stdin_ready.revents);
  if (timeout == LIMIT_MS) put_waited(start);
  end_line();
}

int main(void) {
  observe_poll("nothing there, no time", 0);
  observe_poll("nothing there, 0.4 s", LIMIT_MS);

  struct pollfd both[2] = {{.fd = 0, .events = POLLIN},
                           {.fd = 1, .events = POLLOUT}};
  long long start = now_ms();
  int count = poll(both, 2, LIMIT_MS);
  observe("stdin to read or stdout to write, 0.4 s");
  put_result(count);
  if (count > 0) {
    if (both[0].revents != 0) put(", stdin:");
    put_events(both[0].revents);
    if (both[1].revents != 0) put(", stdout:");
    put_events(both[1].revents);
  }
  put_waited(start);
  end_line();

  ask("give half");
  observe_poll("half a line there", LONG_MS);
  ask("give rest");
  observe_poll("a line there, no limit", -1);

  ssize_t total = 0, count_read;
  do {
    count_read = read(0, buffer + total, sizeof buffer - (size_t)total);
    if (count_read > 0) total += count_read;
  } while (count_read > 0 && buffer[total - 1] != '\n');
  observe("reading all of the line");
  put_result(count_read < 0 ? count_read : total);
  end_line();

  ask("end");
  observe_poll("at the end", LONG_MS);
  return 0;
}
