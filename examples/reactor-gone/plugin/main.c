// The plugin is a library: the host calls handle.
//go:build ignore

#include <string.h>
#include <unistd.h>

static char text[4096] = "Hello, ";

// #region key
__attribute__((export_name("handle"))) void handle(void) {
  size_t length = 7;
  ssize_t n;
  while ((n = read(STDIN_FILENO, text + length, 4000 - length)) > 0)
    length += (size_t)n;
  if (n < 0) {
    (void)!write(STDOUT_FILENO, "the read failed\n", 16);
    return;
  }
  if (length == 7) {
    (void)!write(STDOUT_FILENO, "nothing but EOF\n", 16);
    return;
  }
  memcpy(text + length, "!\n", 2);
  (void)!write(STDOUT_FILENO, text, length + 2);
}
// #endregion key
