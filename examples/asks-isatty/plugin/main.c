// The plugin shows a prompt, if a person seems to be at the other end.
//go:build ignore

#include <string.h>
#include <unistd.h>

int main(void) {
  // #region key
  const char *text = "isatty says no, and there is no prompt\n";
  if (isatty(STDIN_FILENO)) text = "isatty says yes: here is the prompt, >>>\n";
  // #endregion key
  return write(STDOUT_FILENO, text, strlen(text)) < 0;
}
