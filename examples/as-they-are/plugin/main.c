// The plugin shows what each of its reads brings, byte by byte.
//go:build ignore

#include <string.h>
#include <unistd.h>

static char text[1000];
static size_t length;

static void add(const char *part) {
  strcpy(text + length, part);
  length += strlen(part);
}

// Adds a byte as Go would write it in a string.
static void quote(unsigned char byte) {
  static char hex[] = "\\x..", one[2];
  if (byte == '\n') {
    add("\\n");
  } else if (byte == '\r') {
    add("\\r");
  } else if (byte < ' ' || byte > '~') {
    hex[2] = "0123456789abcdef"[byte >> 4];
    hex[3] = "0123456789abcdef"[byte & 15];
    add(hex);
  } else {
    one[0] = (char)byte;
    add(one);
  }
}

int main(void) {
  unsigned char buffer[100];
  ssize_t n;
  // #region key
  while ((n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) {
    length = 0;
    add("plugin: \"");
    for (ssize_t i = 0; i < n; i++) quote(buffer[i]);
    add("\"\n");
    if (write(STDOUT_FILENO, text, length) < 0) return 1;
  }
  // #endregion key
  if (n == 0) (void)!write(STDOUT_FILENO, "plugin: EOF\n", 12);
  return n < 0;
}
