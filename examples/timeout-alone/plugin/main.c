// The plugin greets two people at once: it answers after the second line.
//go:build ignore

#include <string.h>
#include <unistd.h>

static char in[4096], out[sizeof in + 16];

int main(void) {
  size_t length = 0;
  int lines = 0;
  while (lines < 2 && length < sizeof in) {
    // #region key
    ssize_t n = read(STDIN_FILENO, in + length, sizeof in - length);
    if (n <= 0) return 1; // EOF, or an error, before the second line
    // #endregion key
    for (ssize_t i = 0; i < n; i++) lines += in[length++] == '\n';
  }
  char *end = memchr(in, '\n', length);
  size_t one = (size_t)(end - in), rest = length - one - 2;
  memcpy(out, "Hello, ", 7);
  memcpy(out + 7, in, one);
  memcpy(out + 7 + one, " and ", 5);
  memcpy(out + 12 + one, end + 1, rest);
  memcpy(out + 12 + one + rest, "!\n", 2);
  return write(STDOUT_FILENO, out, 14 + one + rest) < 0;
}
