// The plugin works in three steps, and tells when each is done.
//go:build ignore

#include <unistd.h>

int main(void) {
  char line[] = "step 0 of 3\n";
  // #region key
  for (int step = 1; step <= 3; step++) {
    usleep(100 * 1000); // work
    line[5] = (char)('0' + step);
    if (write(STDOUT_FILENO, line, sizeof line - 1) < 0) return 1;
  }
  // #endregion key
  return 0;
}
