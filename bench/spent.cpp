// Runs a program, its standard output to a file, and prints what it took: seconds of processor time, user and system, and the
// most memory that it held, in KB.
//
// usage: spent OUTPUT PROGRAM [ARGUMENT...]
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const pid_t child = fork();
  if (child < 0) return 1;
  if (child == 0) {
    const int output = open(arguments[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (output < 0 || dup2(output, STDOUT_FILENO) < 0) _exit(126);
    execvp(arguments[2], arguments + 2);
    std::perror(arguments[2]);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) return 1;
  const timeval user = usage.ru_utime, system = usage.ru_stime;
  std::printf("%.6f %ld\n", user.tv_sec + system.tv_sec + 1e-6 * (user.tv_usec + system.tv_usec), usage.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
