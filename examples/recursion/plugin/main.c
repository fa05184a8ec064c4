// The plugin computes the same in a loop or in a recursion, as it is told.
//go:build ignore

#include <unistd.h>

// #region key
static unsigned in_a_loop(unsigned n) {
  volatile unsigned a = 0, b = 1; // so that no compiler computes it
  for (; n > 0; n--) {
    unsigned next = a + b;
    a = b;
    b = next;
  }
  return a;
}

// optnone is as in a debug build: nothing makes a loop of it.
__attribute__((optnone)) static unsigned by_itself(unsigned n) {
  if (n < 2) return n;
  return by_itself(n - 1) + by_itself(n - 2);
}
// #endregion key

int main(void) {
  char way[16];
  if (read(STDIN_FILENO, way, sizeof way) <= 0) return 1;
  unsigned result = way[0] == 'l' ? in_a_loop(20) : by_itself(20);
  if (result != 6765) return 1;
  return write(STDOUT_FILENO, "plugin: 6765\n", 13) < 0;
}
