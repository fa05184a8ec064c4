// Copies stdin to stdout, 64 KiB at most at once: what a line takes, and how
// many bytes a second, is up to what the plugin runs on.
//
//   clang --target=wasm32-wasi -Os -s -Wall -Wextra -Werror -o cat.wasm cat.c
#include <unistd.h>

static char buffer[65536];

int main(void) {
  for (;;) {
    ssize_t length = read(0, buffer, sizeof buffer);
    if (length <= 0) return length < 0;
    for (ssize_t written = 0; written < length;) {
      ssize_t part = write(1, buffer + written, length - written);
      if (part < 0) return 1;
      written += part;
    }
  }
}
