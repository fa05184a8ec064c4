// The plugin asks whether there is something to read before it reads.
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
  int ready;
  while ((ready = poll(&in, 1, 300)) == 0)
    print("plugin: poll says: nothing yet\n");
  print(ready > 0 ? "plugin: poll says: ready\n" : "plugin: poll failed\n");

  char name[100];
  ssize_t n = read(STDIN_FILENO, name, sizeof name);
  // #endregion key
  print(n > 0 ? "plugin: read has a line\n" : "plugin: read has nothing\n");
  return 0;
}
