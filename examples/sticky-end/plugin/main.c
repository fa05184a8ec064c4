// The plugin asks for a line, again, and again afresh.
//go:build ignore

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char name[1000];

// Prints whether there was a line, and which.
static void tell(const char *question, const char *line) {
  char text[1100] = "plugin: ";
  strcat(text, question);
  strcat(text, line == NULL ? " false" : " true ");
  strcat(text, line == NULL ? "\n" : line);
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) _exit(1);
}

int main(void) {
  // #region key
  tell("a line?", fgets(name, sizeof name, stdin));
  tell("a line now?", fgets(name, sizeof name, stdin));

  clearerr(stdin); // forget that it has ended
  tell("and afresh?", fgets(name, sizeof name, stdin));
  // #endregion key
  return 0;
}
