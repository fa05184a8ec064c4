// The plugin asks again and again, whatever its read says.
//go:build ignore

#include <unistd.h>

int main(void) {
  char buffer[100];
  // #region key
  for (;;) read(STDIN_FILENO, buffer, sizeof buffer);
  // #endregion key
}
