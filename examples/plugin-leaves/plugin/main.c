// The plugin answers one line, and then gives up.
//go:build ignore

#include <string.h>
#include <unistd.h>

int main(void) {
  char text[200] = "Hello, ";
  ssize_t n = read(STDIN_FILENO, text + 7, 100); // a short line
  if (n <= 0) return 1;
  strcpy(text + 6 + n, "!\n"); // in place of its newline
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) return 1;
  // #region key
  return 3;
  // #endregion key
}
