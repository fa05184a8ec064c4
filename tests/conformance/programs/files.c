// Works on files as programs do: through stdio, dirent and the calls of POSIX.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void list(const char *path) {
  DIR *directory = opendir(path);
  if (directory == NULL) {
    printf("%s: %s\n", path, strerror(errno));
    return;
  }
  printf("%s:", path);
  struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) printf(" %s", entry->d_name);
  printf("\n");
  closedir(directory);
}

int main(void) {
  char line[64] = "";
  FILE *file = fopen("in.txt", "r");
  if (file == NULL || fgets(line, sizeof line, file) == NULL) return 1;
  fclose(file);
  printf("read: %s", line);

  if (mkdir("out", 0777) != 0) return 2;
  file = fopen("out/new.txt", "w+");
  if (file == NULL) return 3;
  for (int i = 0; i < 1000; i++) fprintf(file, "line %d\n", i);
  fseek(file, 0, SEEK_SET);
  if (fgets(line, sizeof line, file) == NULL) return 4;
  fseek(file, 0, SEEK_END);
  printf("first: %.6s, size: %ld\n", line, ftell(file));
  fflush(file);
  if (ftruncate(fileno(file), 7) != 0) return 5;
  fclose(file);

  file = fopen("out/new.txt", "a");
  if (file == NULL) return 6;
  fputs("appended\n", file);
  fclose(file);
  if (rename("out/new.txt", "out/final.txt") != 0) return 7;
  if (symlink("final.txt", "out/link.txt") != 0) return 8;
  struct stat stat_of;
  if (stat("out/link.txt", &stat_of) != 0) return 9;
  printf("final: %lld bytes, %s\n", (long long)stat_of.st_size, S_ISREG(stat_of.st_mode) ? "regular" : "other");
  list(".");
  list("out");

  int fd = open("out/final.txt", O_RDWR);
  if (pwrite(fd, "LINE", 4, 0) != 4 || pread(fd, line, 4, 7) != 4) return 10;
  printf("pread: %.4s\n", line);
  close(fd);
  printf("missing: %s\n", open("missing.txt", O_RDONLY) < 0 ? strerror(errno) : "opened");
  printf("outside: %s\n", open("../etc/passwd", O_RDONLY) < 0 ? "refused" : "opened");
  if (unlink("out/link.txt") != 0 || unlink("in.txt") != 0) return 11;
  return 0;
}
