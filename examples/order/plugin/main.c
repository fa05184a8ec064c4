// The plugin says when its main begins, and when it ends.
//go:build ignore

#include <unistd.h>

int main(void) {
  // #region key
  write(STDOUT_FILENO, "plugin: main begins\n", 20);
  write(STDOUT_FILENO, "plugin: main ends\n", 18);
  // #endregion key
  return 0;
}
