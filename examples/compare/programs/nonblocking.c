// Asks for reads that do not wait.
#include <fcntl.h>

#include "observe.h"

static char buffer[100];

static bool is_set;

// A read that waits would say nothing about those that don't.
static void observe_read(const char *what) {
  observe(what);
  if (is_set) put_result(read(0, buffer, sizeof buffer));
  else put("not tried");
  end_line();
}

int main(void) {
  int flags = fcntl(0, F_GETFL);
  observe("O_NONBLOCK at the start");
  if (flags < 0) put_error();
  else put(flags & O_NONBLOCK ? "yes" : "no");
  end_line();

  observe("setting O_NONBLOCK");
  int result = fcntl(0, F_SETFL, flags | O_NONBLOCK);
  is_set = result == 0;
  put_result(result);
  end_line();

  flags = fcntl(0, F_GETFL);
  observe("O_NONBLOCK after that");
  if (flags < 0) put_error();
  else put(flags & O_NONBLOCK ? "yes" : "no");
  end_line();

  struct pollfd stdin_ready = {.fd = 0, .events = POLLIN};
  ask("nudge line");
  observe_read("reading, nothing there");
  ask("give line");
  if (is_set) poll(&stdin_ready, 1, -1);
  observe_read("reading, a line there");
  ask("end");
  if (is_set) poll(&stdin_ready, 1, -1);
  observe_read("reading, at the end");
  // Who comes after us on the same terminal does not expect it.
  fcntl(0, F_SETFL, fcntl(0, F_GETFL) & ~O_NONBLOCK);
  return 0;
}
