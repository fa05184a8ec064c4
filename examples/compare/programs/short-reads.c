// Reads that get less than they ask for, and EOF more than once.
#include "observe.h"

static char buffer[100];

static void observe_read(const char *what, size_t size) {
  observe(what);
  put_result(read(0, buffer, size));
  end_line();
}

int main(void) {
  ask("give five");
  observe_read("5 bytes there, up to 100", 100);
  ask("give line");
  observe_read("7 bytes there, up to 0", 0);
  observe_read("7 bytes there, up to 3", 3);
  observe_read("the other 4, up to 100", 100);
  ask("end");
  observe_read("EOF", 100);

  // On a terminal, the end is only one read long.
  ask("nudge line");
  observe_read("reading once more", 100);
  ask("nudge five");
  observe_read("and once more", 100);
  return 0;
}
