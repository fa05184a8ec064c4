// The plugin reads lines for ever and ignores every error.
//go:build ignore

#include <string.h>
#include <unistd.h>

static char line[65536]; // a longer line comes in pieces
static char text[65536 + 16];

// Reads up to the next newline. Ends early at EOF, on an error, or when the
// buffer is full. Bytes after the newline stay for the next call.
static size_t read_line(void) {
  static char buffer[4096];
  static size_t start, end;
  size_t length = 0;
  while (length < sizeof line) {
    if (start == end) {
      // #region key
      ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
      if (n <= 0) break; // EOF is 0, and nobody is told
      // #endregion key
      start = 0;
      end = (size_t)n;
    }
    char c = buffer[start++];
    line[length++] = c;
    if (c == '\n') break;
  }
  return length;
}

// Returns the line's length without its newline.
static size_t trim(size_t length) {
  if (length > 0 && line[length - 1] == '\n') length--;
  if (length > 0 && line[length - 1] == '\r') length--;
  return length;
}

static void print(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t n = write(STDOUT_FILENO, bytes, length);
    if (n <= 0) _exit(1);
    bytes += n;
    length -= (size_t)n;
  }
}

int main(void) {
  for (;;) {
    size_t length = trim(read_line());
    memcpy(text, "got \"", 5);
    memcpy(text + 5, line, length);
    memcpy(text + 5 + length, "\"\n", 2);
    print(text, length + 7);
  }
}
