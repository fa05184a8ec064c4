// Reads a line of 60,000 bytes, as large as the reads will be.
#include "observe.h"

static char buffer[65536];

int main(void) {
  ask("give long");
  size_t size = 0;
  ssize_t count;
  do {
    count = read(0, buffer + size, sizeof buffer - size);
    if (count > 0) size += (size_t)count;
  } while (count > 0 && buffer[size - 1] != '\n');

  bool right = true;
  for (size_t i = 0; i + 1 < size; i++) {
    if (buffer[i] != (char)('a' + i % 26)) right = false;
  }
  observe("bytes that came");
  put_number((long long)size);
  put(right ? ", in order" : ", not in order");
  if (count < 0) {
    put(", then ");
    put_error();
  }
  end_line();
  return 0;
}
