// What stdin, stdout and stderr are.
#include <fcntl.h>
#include <sys/stat.h>

#include "observe.h"

static const char *const names[3] = {"stdin", "stdout", "stderr"};

static const char *kind_of(mode_t mode) {
  if (S_ISFIFO(mode)) return "pipe";
  if (S_ISCHR(mode)) return "character device";
  if (S_ISBLK(mode)) return "block device";
  if (S_ISREG(mode)) return "regular file";
  if (S_ISSOCK(mode)) return "socket";
  if (S_ISDIR(mode)) return "directory";
  return "unknown";
}

static void observe_of(int fd, const char *what) {
  put("= ");
  put(names[fd]);
  put(", ");
  put(what);
  put(": ");
}

int main(void) {
  for (int fd = 0; fd < 3; fd++) {
    struct stat stat;
    observe_of(fd, "fstat");
    if (fstat(fd, &stat) != 0) {
      put_error();
    } else {
      put(kind_of(stat.st_mode));
      put(", size ");
      put_number(stat.st_size);
    }
    end_line();

    errno = 0;
    observe_of(fd, "isatty");
    if (isatty(fd)) {
      put("yes");
    } else {
      put("no, ");
      put_error();
    }
    end_line();

    observe_of(fd, "lseek");
    put_result(lseek(fd, 0, SEEK_CUR));
    end_line();

    observe_of(fd, "access");
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) put_error();
    else if ((flags & O_ACCMODE) == O_RDWR) put("read and write");
    else put((flags & O_ACCMODE) == O_RDONLY ? "read" : "write");
    end_line();

    observe_of(fd, "append");
    if (flags < 0) put_error();
    else put(flags & O_APPEND ? "yes" : "no");
    end_line();
  }
  return 0;
}
