// The plugin ends itself with the status -1.
//go:build ignore

#include <unistd.h>

int main(void) {
  if (write(STDOUT_FILENO, "plugin: something is wrong\n", 27) < 0) return 1;
  // #region key
  _exit(-1); // as exit(-1), or os.Exit(-1) in Go
  // #endregion key
}
