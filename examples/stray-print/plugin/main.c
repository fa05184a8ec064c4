// The plugin sends a message, and logs before it.
//go:build ignore

#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  // #region key
  int log = argc > 1 && strcmp(argv[1], "stderr") == 0 ? STDERR_FILENO
                                                       : STDOUT_FILENO;
  if (write(log, "info: ready\n", 12) < 0) return 1;
  // Four bytes say how long the message is.
  return write(STDOUT_FILENO, "\6\0\0\0Hello!", 10) < 0;
  // #endregion key
}
