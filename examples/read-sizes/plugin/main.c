// The plugin shows each read, with room for eight bytes.
//go:build ignore

#include <unistd.h>

static char text[64];
static size_t length;

static void add(const char *bytes) {
  while (*bytes) text[length++] = *bytes++;
}

int main(void) {
  // #region key
  char buffer[8];
  ssize_t n;
  while ((n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) {
    // #endregion key
    length = 0;
    text[length++] = (char)('0' + n);
    add(" bytes: \"");
    for (ssize_t i = 0; i < n; i++) {
      if (buffer[i] == '\n') add("\\n");
      else text[length++] = buffer[i];
    }
    add("\"\n");
    if (write(STDOUT_FILENO, text, length) < 0) return 1;
  }
  return 0;
}
