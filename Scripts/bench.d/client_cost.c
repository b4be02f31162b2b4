// Runs a command to its end and prints what it cost: CPU (user and system, of it and of all it waited for) and time in
// microseconds, the highest resident size of any of them in KiB, and its exit status. Small itself: a child's highest
// resident size begins with what its parent had.
//
// client_cost OUTPUT ERRORS COMMAND…    (what the command prints goes to these two files)
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

int main(int count, char **arguments) {
    if (count < 4) return 64;
    long long start = now();
    pid_t child = fork();
    if (child == 0) {
        if (freopen(arguments[1], "w", stdout) != NULL && freopen(arguments[2], "w", stderr) != NULL)
            execvp(arguments[3], arguments + 3);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
    printf("%lld %lld %ld %d\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime), now() - start,
           usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
