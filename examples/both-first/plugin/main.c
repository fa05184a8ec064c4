// The plugin says that it is ready, before it reads.
//go:build ignore

#include <unistd.h>

int main(void) {
  char name[1000];
  // #region key
  if (write(STDOUT_FILENO, "ready\n", 6) < 0) return 1;
  while (read(STDIN_FILENO, name, sizeof name) > 0) {
    if (write(STDOUT_FILENO, "Hello!\n", 7) < 0) return 1;
  }
  // #endregion key
  return 0;
}
