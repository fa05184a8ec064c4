// The plugin writes a line, and says on stderr if it cannot.
//go:build ignore

#include <unistd.h>

int main(void) {
  // #region key
  if (write(STDOUT_FILENO, "Hello!\n", 7) < 0) {
    write(STDERR_FILENO, "plugin: cannot write\n", 21);
    return 1;
  }
  // #endregion key
  return 0;
}
