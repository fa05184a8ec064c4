// The plugin makes one WASI call on a standard stream, whenever its host asks
// for one. It is a reactor: it has functions instead of a main, so that nothing
// but the call itself touches a stream.
//
// A function returns what the call gave, or the errno as a negative number.
#include <stdint.h>
#include <wasi/api.h>

#define EXPORT(name) __attribute__((export_name(name)))

static uint8_t bytes[128 * 1024];

// The two parts of a buffer; the second may be empty.
static size_t split(__wasi_iovec_t *parts, uint32_t first, uint32_t second) {
  parts[0] = (__wasi_iovec_t){.buf = bytes, .buf_len = first};
  parts[1] = (__wasi_iovec_t){.buf = bytes + first, .buf_len = second};
  return second > 0 ? 2 : 1;
}

EXPORT("read") int64_t probe_read(uint32_t first, uint32_t second) {
  __wasi_iovec_t parts[2];
  size_t count = split(parts, first, second), got = 0;
  __wasi_errno_t error = __wasi_fd_read(0, parts, count, &got);
  return error ? -(int64_t)error : (int64_t)got;
}

EXPORT("write") int64_t probe_write(uint32_t first, uint32_t second) {
  for (uint32_t at = 0; at < first; at++) bytes[at] = 'A';
  for (uint32_t at = 0; at < second; at++) bytes[first + at] = 'B';
  __wasi_iovec_t parts[2];
  size_t count = split(parts, first, second), got = 0;
  __wasi_errno_t error =
      __wasi_fd_write(1, (__wasi_ciovec_t *)parts, count, &got);
  return error ? -(int64_t)error : (int64_t)got;
}

// The file type, and the flags above it: type + 256 * flags.
EXPORT("stat") int64_t probe_stat(uint32_t fd) {
  __wasi_fdstat_t stat;
  __wasi_errno_t error = __wasi_fd_fdstat_get(fd, &stat);
  return error ? -(int64_t)error : stat.fs_filetype + 256 * stat.fs_flags;
}

EXPORT("nonblock") int64_t probe_nonblock(uint32_t fd) {
  return -(int64_t)__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_NONBLOCK);
}

// Waits for stdin, or for a clock. 1: stdin, 2: the clock, 3: both.
EXPORT("poll") int64_t probe_poll(uint32_t milliseconds) {
  __wasi_subscription_t asked[2] = {
      {.userdata = 1, .u = {.tag = __WASI_EVENTTYPE_FD_READ}},
      {.userdata = 2, .u = {.tag = __WASI_EVENTTYPE_CLOCK}},
  };
  asked[1].u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
  asked[1].u.u.clock.timeout = milliseconds * 1000000ull;
  __wasi_event_t events[2];
  size_t count = 0;
  __wasi_errno_t error = __wasi_poll_oneoff(asked, events, 2, &count);
  if (error) return -(int64_t)error;
  int64_t happened = 0;
  for (size_t at = 0; at < count; at++) happened |= events[at].userdata;
  return happened;
}

// Asks whether stdout can be written to, for so long, or without an end if that
// is 0. The event's errno, as above.
EXPORT("poll_write") int64_t probe_poll_write(uint32_t milliseconds) {
  __wasi_subscription_t asked[2] = {
      {.userdata = 1, .u = {.tag = __WASI_EVENTTYPE_FD_WRITE}},
      {.userdata = 2, .u = {.tag = __WASI_EVENTTYPE_CLOCK}},
  };
  asked[0].u.u.fd_write.file_descriptor = 1;
  asked[1].u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
  asked[1].u.u.clock.timeout = milliseconds * 1000000ull;
  __wasi_event_t events[2];
  size_t count = 0;
  __wasi_errno_t error =
      __wasi_poll_oneoff(asked, events, milliseconds > 0 ? 2 : 1, &count);
  if (error) return -(int64_t)error;
  for (size_t at = 0; at < count; at++) {
    if (events[at].userdata == 1) return -(int64_t)events[at].error;
  }
  return 1;
}

EXPORT("exit") void probe_exit(uint32_t status) { __wasi_proc_exit(status); }
