// Ends, fails, floods or says what it was given, as its argument says.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static volatile int depth;

// Uses no memory, so that the engine's own stack is the first to end.
static int recurse(int n) {
  depth = n;
  return recurse(n + 1) + depth;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int flood(long bytes) {
  static char buffer[10000];
  for (size_t i = 0; i < sizeof buffer; i++) buffer[i] = 'a' + i % 26;
  while (bytes > 0) {
    long part = bytes < (long)sizeof buffer ? bytes : (long)sizeof buffer;
    if (write(1, buffer, part) != part) return 1;
    bytes -= part;
  }
  return 0;
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  long number = argc > 2 ? atol(argv[2]) : 0;
  if (strcmp(what, "exit") == 0) exit(number);
  if (strcmp(what, "trap") == 0) __builtin_trap();
  if (strcmp(what, "abort") == 0) abort();
  if (strcmp(what, "recurse") == 0) return recurse(0);
  if (strcmp(what, "flood") == 0) return flood(number);
  if (strcmp(what, "outside") == 0) return *(volatile int *)0xfffffff0;
  if (strcmp(what, "sleep") == 0) {
    double start = now();
    struct timespec pause = {.tv_sec = 0, .tv_nsec = number * 1000000};
    nanosleep(&pause, NULL);
    printf("slept %s\n", now() - start >= number ? "long enough" : "too short");
    return 0;
  }
  if (strcmp(what, "given") == 0) {
    for (int i = 0; i < argc; i++) printf("arg %s\n", argv[i]);
    for (char **variable = environ; *variable != NULL; variable++) printf("env %s\n", *variable);
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    printf("time %lld\n", (long long)time.tv_sec);
    unsigned char bytes[4];
    if (getentropy(bytes, sizeof bytes) != 0) return 1;
    printf("random %d %d %d %d\n", bytes[0], bytes[1], bytes[2], bytes[3]);
    fprintf(stderr, "to stderr\n");
    return 0;
  }
  return 64;
}
