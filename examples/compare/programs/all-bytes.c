// Reads each of the 256 bytes once.
#include "observe.h"

static unsigned char buffer[512];

int main(void) {
  ask("give bytes");
  size_t size = 0;
  ssize_t count;
  do {
    count = read(0, buffer + size, sizeof buffer - size);
    if (count > 0) size += (size_t)count;
  } while (count > 0 && size < 256);
  bool right = true;
  for (size_t i = 0; i < size; i++) {
    if (buffer[i] != i) right = false;
  }
  observe("bytes 0 to 255");
  put_number((long long)size);
  put(right ? ", in order" : ", not in order");
  end_line();
  return 0;
}
