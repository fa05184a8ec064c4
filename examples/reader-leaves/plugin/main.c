// The plugin writes lines until it can't.
//go:build ignore

#include <errno.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  char line[] = "line 1\n";
  // #region key
  while (write(STDOUT_FILENO, line, strlen(line)) >= 0) line[5]++;
  // #endregion key
  char text[] = "plugin: write: error 00\n";
  text[21] = (char)('0' + errno / 10);
  text[22] = (char)('0' + errno % 10);
  (void)!write(STDERR_FILENO, text, strlen(text));
  return 1;
}
