// The plugin writes with printf, into a buffer of the C library.
//go:build ignore

#include <stdio.h>
#include <string.h>

int main(void) {
  printf("ready\n");
  // #region key
  char name[1000];
  while (fgets(name, sizeof name, stdin) != NULL) {
    name[strcspn(name, "\n")] = 0;
    printf("Hello, %s!\n", name); // stdout is no terminal: kept back
  }
  // #endregion key
  return 0; // flushes
}
