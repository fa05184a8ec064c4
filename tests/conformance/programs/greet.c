// Asks for names until there are no more.
#include <stdio.h>
#include <string.h>

int main(void) {
  char name[64];
  for (;;) {
    printf("Name: ");
    fflush(stdout);
    if (fgets(name, sizeof name, stdin) == NULL) break;
    name[strcspn(name, "\n")] = '\0';
    printf("Hello, %s!\n", name);
  }
  printf("\nNo more names.\n");
  return 0;
}
