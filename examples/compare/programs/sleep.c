// Sleeps for a while, and until a time.
#include "observe.h"

#define NANOSECONDS 1000000000L

static struct timespec after(clockid_t clock, long milliseconds) {
  struct timespec time = {0, 0};
  if (clock_gettime(clock, &time) != 0) _exit(1);
  time.tv_nsec += milliseconds * 1000000;
  time.tv_sec += time.tv_nsec / NANOSECONDS;
  time.tv_nsec %= NANOSECONDS;
  return time;
}

// clock_nanosleep returns an errno, and does not set it.
static void observe_sleep(const char *what, clockid_t clock, int flags,
                          struct timespec time) {
  long long start = now_ms();
  int error = clock_nanosleep(clock, flags, &time, NULL);
  observe(what);
  errno = error;
  put_result(error == 0 ? 0 : -1);
  put_waited(start);
  end_line();
}

int main(void) {
  const struct timespec limit = {0, LIMIT_MS * 1000000L};

  long long start = now_ms();
  int result = nanosleep(&limit, NULL);
  observe("nanosleep, 0.4 s");
  put_result(result);
  put_waited(start);
  end_line();

  start = now_ms();
  result = poll(NULL, 0, LIMIT_MS);
  observe("poll without descriptors, 0.4 s");
  put_result(result);
  put_waited(start);
  end_line();

  observe_sleep("for 0.4 s", CLOCK_MONOTONIC, 0, limit);
  observe_sleep("until 0.4 s from now, monotonic clock", CLOCK_MONOTONIC,
                TIMER_ABSTIME, after(CLOCK_MONOTONIC, LIMIT_MS));
  observe_sleep("until 0.4 s from now, clock of the day", CLOCK_REALTIME,
                TIMER_ABSTIME, after(CLOCK_REALTIME, LIMIT_MS));
  observe_sleep("until a time that has passed", CLOCK_REALTIME, TIMER_ABSTIME,
                (struct timespec){1, 0});
  return 0;
}
