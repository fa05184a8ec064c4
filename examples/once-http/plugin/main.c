// The plugin greets whoever is in the first line of its stdin. It is never done
// with the line "for ever".
//go:build ignore

#include <string.h>
#include <unistd.h>

static char in[4096], out[sizeof in + 16];

int main(void) {
  size_t length = 0;
  ssize_t n;
  // #region key
  while ((n = read(STDIN_FILENO, in + length, sizeof in - length)) > 0)
    length += (size_t)n;
  // #endregion key
  char *end = memchr(in, '\n', length);
  if (n < 0 || end == NULL) return 1;
  size_t name = (size_t)(end - in);
  volatile int busy = name == 8 && memcmp(in, "for ever", 8) == 0;
  while (busy) continue;
  memcpy(out, "Hello, ", 7);
  memcpy(out + 7, in, name);
  memcpy(out + 7 + name, "!\n", 2);
  return write(STDOUT_FILENO, out, name + 9) < 0;
}
