// Reads into two buffers at once.
#include <sys/uio.h>

#include "observe.h"

static char buffer[100];

static void observe_readv(const char *what, size_t first, size_t second) {
  struct iovec parts[2] = {{buffer, first}, {buffer + first, second}};
  ssize_t count = readv(0, parts, 2);
  observe(what);
  put_result(count);
  end_line();
}

int main(void) {
  // Whoever asks the stream again for the second buffer waits here, with five
  // bytes in hand.
  ask("give five");
  ask("nudge line");
  observe_readv("5 bytes there, into 5 and 50", 5, 50);
  ask("give line");
  observe_readv("7 bytes there, into 3 and 50", 3, 50);
  ask("give line");
  observe_readv("7 bytes there, into 0 and 50", 0, 50);
  ask("end");
  observe_readv("at the end", 5, 50);

  struct iovec parts[3] = {{"# one ", 6}, {"", 0}, {"two\n", 4}};
  ssize_t count = writev(1, parts, 3);
  observe("writev of 6, 0 and 4 bytes");
  put_result(count);
  end_line();
  return 0;
}
