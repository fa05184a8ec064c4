// The plugin answers each line with a greeting, and leaves at EOF.
//go:build ignore

#include <string.h>
#include <unistd.h>

static char in[65536]; // a longer line ends the conversation
static char out[sizeof in + 16];

// Answers a line, which comes without its newline.
static void answer(const char *line, size_t length) {
  memcpy(out, "Hello, ", 7);
  memcpy(out + 7, line, length);
  memcpy(out + 7 + length, "!\n", 2);
  if (write(STDOUT_FILENO, out, length + 9) < 0) _exit(1);
}

int main(void) {
  size_t length = 0; // of what has come and is not answered yet
  for (;;) {
    // #region key
    ssize_t n = read(STDIN_FILENO, in + length, sizeof in - length);
    if (n <= 0) return n < 0; // EOF is 0
    // #endregion key
    length += (size_t)n;
    char *line = in, *end;
    while ((end = memchr(line, '\n', length)) != NULL) {
      answer(line, (size_t)(end - line));
      length -= (size_t)(end + 1 - line);
      line = end + 1;
    }
    memmove(in, line, length);
  }
}
