// The plugin sleeps for a second.
//go:build ignore

#include <unistd.h>

int main(void) {
  // #region key
  usleep(1000 * 1000);
  // #endregion key
  return 0;
}
