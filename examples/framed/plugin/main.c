// The plugin answers messages that say how long they are.
//go:build ignore

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { most = 1 << 16 };

static char out[4 + most + 8] = "    Hello, ";

// Reads until it has all bytes; false at EOF, or on an error.
static bool read_all(void *bytes, size_t length) {
  // #region key
  for (size_t have = 0; have < length;) {
    ssize_t n = read(STDIN_FILENO, (char *)bytes + have, length - have);
    if (n <= 0) return false;
    have += (size_t)n;
  }
  return true;
  // #endregion key
}

int main(void) {
  uint32_t length; // wasm has the least byte first, as the message has
  while (read_all(&length, sizeof length)) {
    if (length > most || !read_all(out + 11, length)) return 1;
    out[11 + length] = '!';
    uint32_t answer = length + 8;
    memcpy(out, &answer, sizeof answer);
    if (write(STDOUT_FILENO, out, 4 + answer) < 0) return 1;
  }
  return 0;
}
