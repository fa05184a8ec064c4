// The plugin reads until there is no more, and says what it got.
//go:build ignore

#include <string.h>
#include <unistd.h>

static void print(const char *text) {
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) _exit(1);
}

int main(void) {
  char line[100];
  ssize_t n;
  // #region key
  while ((n = read(STDIN_FILENO, line, sizeof line)) > 0)
    print("plugin: read has a line\n");
  print(n == 0 ? "plugin: read says EOF\n" : "plugin: read has an error\n");
  // #endregion key
  return n < 0;
}
