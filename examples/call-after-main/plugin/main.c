// The plugin is a program, with two functions for its host beside main.
//go:build ignore

#include <stdlib.h>
#include <unistd.h>

// #region key
__attribute__((export_name("compute"))) int compute(void) { return 42; }

__attribute__((export_name("print"))) void print(void) {
  (void)!write(STDOUT_FILENO, "Hello!\n", 7);
}

int main(void) {
  (void)!write(STDOUT_FILENO, "The plugin is ready.\n", 21);
  exit(0); // as a program in Go does when its main returns
}
// #endregion key
