// The plugin says one line.
//go:build ignore

#include <unistd.h>

int main(void) {
  // #region key
  static const char line[] = "Hello from the plugin.\n";
  return write(STDOUT_FILENO, line, sizeof line - 1) < 0;
  // #endregion key
}
