// Copies stdin to stdout with plain reads and writes, as cat does.
#include <unistd.h>

static char buffer[65536];

int main(void) {
  for (;;) {
    ssize_t count = read(0, buffer, sizeof buffer);
    if (count == 0) return 0;
    if (count < 0) return 1;
    for (ssize_t done = 0; done < count;) {
      ssize_t written = write(1, buffer + done, count - done);
      if (written < 0) return 2;
      done += written;
    }
  }
}
