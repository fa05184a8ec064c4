// The plugin prints a line, and leaves.
//go:build ignore

#include <unistd.h>

int main(void) {
  // #region key
  return write(STDOUT_FILENO, "Here I am.\n", 11) != 11;
  // #endregion key
}
