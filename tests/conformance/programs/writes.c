// Writes to stdout in the way its argument says, and tells on stderr what came of it.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *outcome(ssize_t count) {
  if (count >= 0) return "written";
  return errno == EPIPE ? "EPIPE" : errno == EAGAIN ? "EAGAIN" : "other";
}

// As `yes` does: lines without end, until nobody reads them.
static int yes(void) {
  while (write(1, "y\n", 2) == 2) continue;
  fprintf(stderr, "%s\n", outcome(-1));
  return 1;
}

// Some writes, each of one call.
static int at_once(size_t size, int times) {
  char *bytes = malloc(size);
  if (bytes == NULL) return 1;
  for (size_t i = 0; i < size; i++) bytes[i] = i % 251;
  for (int i = 0; i < times; i++) {
    ssize_t count = write(1, bytes, size);
    fprintf(stderr, "%zd %s\n", count, outcome(count));
  }
  struct pollfd room = {.fd = 1, .events = POLLOUT};
  int count = poll(&room, 1, 0);
  fprintf(stderr, "room %d%s\n", count, (room.revents & POLLHUP) != 0 ? ", hung up" : "");
  return 0;
}

int main(int argc, char **argv) {
  const char *how = argc > 1 ? argv[1] : "";
  size_t size = argc > 2 ? (size_t)atol(argv[2]) : 0;
  int times = argc > 3 ? atoi(argv[3]) : 1;
  if (strcmp(how, "yes") == 0) return yes();
  if (strcmp(how, "once") == 0) return at_once(size, times);
  if (strcmp(how, "nonblocking") == 0) return fcntl(1, F_SETFL, O_NONBLOCK) == 0 ? at_once(size, times) : 1;
  return 64;
}
