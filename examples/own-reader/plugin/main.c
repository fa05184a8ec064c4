// The plugin asks whether there is something to read, and then reads, until
// there is no more.
//go:build ignore

#include <poll.h>
#include <string.h>
#include <unistd.h>

static void print(const char *text) {
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) _exit(1);
}

int main(void) {
  // #region key
  struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
  if (poll(&in, 1, 0) == 0) print("plugin: poll says: nothing yet\n");

  char line[100];
  ssize_t n;
  do {
    poll(&in, 1, -1); // for as long as it takes
    print("plugin: poll says: ready\n");
    n = read(STDIN_FILENO, line, sizeof line);
    if (n > 0) print("plugin: read has a line\n");
  } while (n > 0);
  print(n == 0 ? "plugin: read says EOF\n" : "plugin: read has an error\n");
  // #endregion key
  return 0;
}
