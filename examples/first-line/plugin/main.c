// The plugin asks for names, greets each, and says when it meets EOF.
//go:build ignore

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static char line[65536]; // a longer line comes in pieces

// Reads up to the next newline. Ends early at EOF, on an error, or when the
// buffer is full. Bytes after the newline stay for the next call. Sets
// *status to what read(2) said: 0 at EOF, below 0 on an error.
static size_t read_line(ssize_t *status) {
  static char buffer[4096];
  static size_t start, end;
  size_t length = 0;
  *status = 1;
  while (length < sizeof line) {
    if (start == end) {
      // #region key
      *status = read(STDIN_FILENO, buffer, sizeof buffer);
      if (*status <= 0) break;
      // #endregion key
      start = 0;
      end = (size_t)*status;
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

static void greet(const char *name, size_t length) {
  static char text[65536 + 16];
  memcpy(text, "Hello, ", 7);
  memcpy(text + 7, name, length);
  memcpy(text + 7 + length, "!\n", 2);
  print(text, length + 9);
}

int main(void) {
  ssize_t status;
  do {
    print("Name: ", 6);
    size_t length = read_line(&status);
    if (status <= 0) print("\n", 1); // nobody pressed Enter after the prompt
    length = trim(length);
    if (length > 0) greet(line, length);
  } while (status > 0);
  if (status == 0) print("EOF: no more names.\n", 20);
  return status < 0;
}
