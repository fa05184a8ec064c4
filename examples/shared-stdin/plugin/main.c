// The plugin greets whoever is in the first line of its stdin.
//go:build ignore

#include <string.h>
#include <unistd.h>

static char in[4096], out[sizeof in + 16];

int main(void) {
  size_t length = 0;
  char *end = NULL;
  while (end == NULL && length < sizeof in) {
    // #region key
    // Asks for as much as there is room: lines that follow come along.
    ssize_t n = read(STDIN_FILENO, in + length, sizeof in - length);
    // #endregion key
    if (n < 0) return 1;
    if (n == 0) break;
    length += (size_t)n;
    end = memchr(in, '\n', length);
  }
  if (end == NULL) return write(STDOUT_FILENO, "nothing but EOF\n", 16) < 0;
  size_t name = (size_t)(end - in);
  memcpy(out, "Hello, ", 7);
  memcpy(out + 7, in, name);
  memcpy(out + 7 + name, "!\n", 2);
  return write(STDOUT_FILENO, out, name + 9) < 0;
}
