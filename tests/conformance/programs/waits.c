// Waits for stdin, or a clock, in the way its argument says.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <unistd.h>

static char buffer[256];

// Goes on with other work until there is something to read.
static int by_poll(void) {
  struct pollfd stdin_ready = {.fd = 0, .events = POLLIN};
  int ticks = 0;
  while (poll(&stdin_ready, 1, 5) == 0) {
    ticks++;
    if (ticks == 3) printf("still waiting\n"), fflush(stdout);
  }
  ssize_t count = read(0, buffer, sizeof buffer);
  printf("poll: %zd bytes%s\n", count, ticks >= 3 ? " after a while" : "");
  return 0;
}

static int by_select(void) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(0, &set);
  struct timeval timeout = {.tv_sec = 0, .tv_usec = 5000};
  int count = select(1, &set, NULL, NULL, &timeout);
  printf("select: %d\n", count);
  fflush(stdout);
  FD_ZERO(&set);
  FD_SET(0, &set);
  count = select(1, &set, NULL, NULL, NULL);
  printf("select: %d, %zd bytes\n", count, read(0, buffer, sizeof buffer));
  return 0;
}

static int nonblocking(void) {
  if (fcntl(0, F_SETFL, O_NONBLOCK) != 0) return 1;
  ssize_t count = read(0, buffer, sizeof buffer);
  printf("read: %s\n", count < 0 && errno == EAGAIN ? "EAGAIN" : "other");
  fflush(stdout);
  struct pollfd stdin_ready = {.fd = 0, .events = POLLIN};
  count = poll(&stdin_ready, 1, -1);
  printf("poll: %zd, read: %zd bytes\n", count, read(0, buffer, sizeof buffer));
  return 0;
}

static int two_buffers(void) {
  struct iovec parts[2] = {{buffer, 4}, {buffer + 4, 100}};
  ssize_t count = readv(0, parts, 2);
  printf("readv: %zd bytes\n", count);
  return 0;
}

// Looks again and again, and never waits.
static int spin(void) {
  printf("spins\n"), fflush(stdout);
  struct pollfd stdin_ready = {.fd = 0, .events = POLLIN};
  while (poll(&stdin_ready, 1, 0) == 0) continue;
  return 0;
}

static int long_sleep(void) {
  printf("sleeps\n"), fflush(stdout);
  sleep(60);
  return 0;
}

static int closes(void) {
  close(0);
  return long_sleep();
}

int main(int argc, char **argv) {
  const char *how = argc > 1 ? argv[1] : "";
  if (strcmp(how, "poll") == 0) return by_poll();
  if (strcmp(how, "select") == 0) return by_select();
  if (strcmp(how, "nonblocking") == 0) return nonblocking();
  if (strcmp(how, "readv") == 0) return two_buffers();
  if (strcmp(how, "spin") == 0) return spin();
  if (strcmp(how, "closes") == 0) return closes();
  if (strcmp(how, "sleep") == 0) return long_sleep();
  return 64;
}
