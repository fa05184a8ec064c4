// Reads a line that was typed with a mistake: a, b, the erase key, c, Enter.
#include "observe.h"

static unsigned char buffer[100];

int main(void) {
  ask("give corrected");
  ssize_t count = read(0, buffer, sizeof buffer);
  observe("the bytes of a, b, erase, c, Enter");
  for (ssize_t i = 0; i < count; i++) {
    if (i > 0) put(" ");
    put_number(buffer[i]);
  }
  if (count < 0) put_error();
  end_line();
  return 0;
}
