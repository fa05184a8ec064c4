// The plugin reads from stdin, or writes to stdout, again and again. After each
// it says on stderr what the C library says about it.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(const char *text, char end) {
  char line[100];
  size_t length = strlen(text);
  memcpy(line, text, length);
  line[length] = end;
  if (write(STDERR_FILENO, line, length + 1) < 0) _exit(1);
}

int main(int argc, char **argv) {
  if (argc < 3) return 1;
  for (int count = atoi(argv[2]); count > 0; count--) {
    char buffer[100] = "a line\n";
    ssize_t n = argv[1][0] == 'r' ? read(STDIN_FILENO, buffer, sizeof buffer)
                                  : write(STDOUT_FILENO, buffer, 7);
    if (n < 0) {
      say(strerror(errno), '\n');
    } else if (n == 0) {
      say("0", '\n');
    } else {
      say("bytes", '\n');
    }
  }
  return 0;
}
