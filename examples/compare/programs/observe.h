// What the programs of this folder have in common.
//
// A program says what it observes on stdout, a line for each observation:
//
//   = nothing there: 0, waited
//
// and it asks for what it is to find on stdin:
//
//   ? give line      write these bytes to stdin; scripts/compare-programs.ts
//   ? nudge line     the same, if I am silent for long: I may be stuck
//   ? end            end stdin
//   # anything       for nobody
//
// Where stdin is nothing, or a file, all is there from the start, and asking
// changes nothing.
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// How long a program waits for what does not come, in milliseconds. What
// returns "at once" has to be faster than that on a busy machine too.
#define LIMIT_MS 400

// How long a program waits for what may not come although it was asked for.
#define LONG_MS 4000

static char line[256];
static size_t length;

static inline void put(const char *text) {
  size_t size = strlen(text);
  if (size > sizeof line - length) size = sizeof line - length;
  memcpy(line + length, text, size);
  length += size;
}

static inline void put_number(long long number) {
  char digits[24];
  char *start = digits + sizeof digits;
  unsigned long long rest =
      number < 0 ? -(unsigned long long)number : (unsigned long long)number;
  *--start = 0;
  do *--start = (char)('0' + rest % 10);
  while (rest /= 10);
  if (number < 0) *--start = '-';
  put(start);
}

// Not stdio: a few hundred bytes instead of 20 kB.
static inline void end_line(void) {
  put("\n");
  for (size_t start = 0; start < length;) {
    ssize_t count = write(1, line + start, length - start);
    if (count < 0) _exit(1);
    start += (size_t)count;
  }
  length = 0;
}

static inline void put_error(void) {
  switch (errno) {
    case EAGAIN: put("EAGAIN"); break;
    case EBADF: put("EBADF"); break;
    case EINVAL: put("EINVAL"); break;
    case EIO: put("EIO"); break;
    case ENOSYS: put("ENOSYS"); break;
    case ENOTSUP: put("ENOTSUP"); break;
    case ENOTTY: put("ENOTTY"); break;
    case ESPIPE: put("ESPIPE"); break;
    default:
      put("errno ");
      put_number(errno);
  }
}

// The result of a system call: a count, or the name of an errno.
static inline void put_result(long long result) {
  if (result < 0) put_error();
  else put_number(result);
}

static inline void observe(const char *what) {
  put("= ");
  put(what);
  put(": ");
}

static inline void ask(const char *what) {
  put("? ");
  put(what);
  end_line();
}

static inline long long now_ms(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) _exit(1);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// A clock that counts whole milliseconds may be one behind.
static inline void put_waited(long long start) {
  put(now_ms() - start >= LIMIT_MS - 1 ? ", waited" : ", at once");
}

static inline void put_events(short events) {
  if (events & POLLIN) put(" in");
  if (events & POLLOUT) put(" out");
  if (events & POLLHUP) put(" hup");
  if (events & POLLERR) put(" err");
  if (events & POLLNVAL) put(" nval");
}
