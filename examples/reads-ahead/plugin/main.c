// The plugin greets every name on its stdin and stops at EOF.
//go:build ignore

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static void print(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t n = write(STDOUT_FILENO, bytes, length);
    if (n <= 0) _exit(1);
    bytes += n;
    length -= (size_t)n;
  }
}

static void greet(const char *name, size_t length) {
  static char text[65536 + 16];
  memcpy(text, "Hello, ", 7);
  memcpy(text + 7, name, length);
  memcpy(text + 7 + length, "!\n", 2);
  print(text, length + 9);
}

int main(void) {
  static char line[65536]; // a longer line comes in pieces
  static char buffer[4096];
  size_t length = 0;
  // #region key
  ssize_t n;
  while ((n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) { // 0 at EOF
    // #endregion key
    for (ssize_t i = 0; i < n; i++) {
      bool ended = buffer[i] == '\n';
      if (!ended) line[length++] = buffer[i];
      if (ended || length == sizeof line) {
        greet(line, length);
        length = 0;
      }
    }
  }
  if (length > 0) greet(line, length); // the last line, without a newline
  return n < 0;
}
