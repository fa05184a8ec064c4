// The plugin reads once.
//go:build ignore

#include <unistd.h>

int main(void) {
  write(STDOUT_FILENO, "  plugin: reads\n", 16);
  // #region key
  char byte;
  if (read(STDIN_FILENO, &byte, 1) == 0)
    write(STDOUT_FILENO, "  plugin: EOF\n", 14);
  // #endregion key
  return 0;
}
