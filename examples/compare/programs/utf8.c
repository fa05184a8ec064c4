// Reads text of characters that have one to four bytes, cut after each byte.
#include "observe.h"

static const char text[] = "Zo\xc3\xab \xe2\x82\xac \xf0\x9d\x84\x9e\n";
static char buffer[100];

int main(void) {
  ask("give utf8");
  size_t size = 0;
  ssize_t count;
  do {
    count = read(0, buffer + size, sizeof buffer - size);
    if (count > 0) size += (size_t)count;
  } while (count > 0 && buffer[size - 1] != '\n');
  observe("text cut after each byte");
  put_number((long long)size);
  bool right = size == sizeof text - 1 && memcmp(buffer, text, size) == 0;
  put(right ? ", the same" : ", not the same");
  end_line();
  return 0;
}
