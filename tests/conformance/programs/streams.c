// Says what its standard streams are, in one line each; with an argument, it reads stdin first.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *kind(mode_t mode) {
  if (S_ISCHR(mode)) return "character device";
  if (S_ISREG(mode)) return "regular file";
  if (S_ISDIR(mode)) return "directory";
  return "unknown";
}

int main(int argc, char **argv) {
  (void)argv;
  if (argc > 1) {
    char byte;
    while (read(0, &byte, 1) > 0) continue;
  }
  for (int fd = 0; fd < 3; fd++) {
    struct stat stat;
    if (fstat(fd, &stat) != 0) return 1;
    errno = 0;
    off_t position = lseek(fd, 0, SEEK_CUR);
    const char *seek = position >= 0 ? "yes" : errno == ESPIPE ? "no" : "error";
    struct pollfd ready = {.fd = fd, .events = fd == 0 ? POLLIN : POLLOUT};
    int count = poll(&ready, 1, 0);
    printf("%d: %s, size %lld, terminal %s, position %s, nonblocking %s, ready %s\n", fd, kind(stat.st_mode),
           (long long)stat.st_size, isatty(fd) ? "yes" : "no", seek,
           (fcntl(fd, F_GETFL) & O_NONBLOCK) != 0 ? "yes" : "no", count == 1 ? "yes" : "no");
  }
  return 0;
}
