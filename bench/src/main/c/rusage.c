/* Runs a program and writes down what it took, as the kernel counted it: wait4(2), getrusage(2).

       rusage <result-file> <program> [<argument> ...]

   The result is one JSON line: when it started and ended on CLOCK_MONOTONIC, which is the same in all processes, its
   processor seconds (user and system, all threads) and those of the whole machine meanwhile, its peak resident memory.
   The program's own are exact only after its end, when proc(5) has nothing of it any more. The exit status is the
   program's, as a shell has it. */
#include "program.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(char **command, pid_t parent) {
    /* Whoever ends us ends the program. */
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != parent) {
        _exit(1);
    }
    execvp(command[0], command);
    fail("%s: %s", command[0], strerror(errno));
}

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int count, char **arguments) {
    if (count < 3) {
        fputs("usage: rusage result-file program [argument ...]\n", stderr);
        return 2;
    }
    pid_t self = getpid();
    double machine = machine_seconds();
    uint64_t started = now_us();
    pid_t child = fork();
    if (child < 0) {
        fail("fork: %s", strerror(errno));
    }
    if (child == 0) {
        run(arguments + 2, self);
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) {
        fail("wait4: %s", strerror(errno));
    }
    uint64_t ended = now_us();
    machine = machine_seconds() - machine;
    FILE *result = fopen(arguments[1], "w");
    if (!result
        || fprintf(result, "{\"started_us\": %llu, \"ended_us\": %llu, \"cpu_seconds\": %.6f, \"machine_cpu_seconds\": %.2f,"
                           " \"peak_kib\": %ld}\n",
                   (unsigned long long)started, (unsigned long long)ended, seconds(usage.ru_utime) + seconds(usage.ru_stime),
                   machine, usage.ru_maxrss) < 0
        || fclose(result) != 0) {
        fail("%s: %s", arguments[1], strerror(errno));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
