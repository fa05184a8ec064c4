// The plugin tells what each of its reads says, until it reads "bye".
//go:build ignore

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void print(const char *text) {
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) _exit(1);
}

// Prints one line. The number is below 100.
static void tell(const char *before, int number, const char *after) {
  char line[40] = "plugin: ", digits[3] = {0};
  digits[0] = (char)('0' + number / 10);
  digits[1] = (char)('0' + number % 10);
  strcat(line, before);
  strcat(line, number < 10 ? digits + 1 : digits);
  strcat(line, after);
  print(line);
}

int main(void) {
  char buffer[100];
  ssize_t n;
  do {
    // #region key
    n = read(STDIN_FILENO, buffer, sizeof buffer);
    if (n == 0) tell("", 0, " bytes: EOF\n");
    if (n < 0) tell("error ", errno, "\n");
    if (n > 0) tell("", (int)n, " bytes\n");
    // #endregion key
  } while (n != 4 || memcmp(buffer, "bye\n", 4) != 0);
  return 0;
}
