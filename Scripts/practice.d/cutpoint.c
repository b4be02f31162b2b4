// Runs the agent, and ends it right after one of its durable writes: cutpoint DIRECTORY PROGRAM ARGUMENT…
//
// A durable write of the agent ends with fsync(2), of the file before its rename and of the directory after it. Every
// fsync that returns is counted in DIRECTORY/count, over all processes and boots, and where it has come to the number in
// DIRECTORY/at, and at every DIRECTORY/every-th after it (0: only there), DIRECTORY/how says what happens: `kill` ends the agent with SIGKILL; `stop` freezes it and makes
// DIRECTORY/stopped, so that the outside can cut the whole host's power at this very point. Only threads of the agent
// are watched, none of the programs that it runs.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *directory;

static long number(const char *name) {
    char path[512], text[32] = "";
    snprintf(path, sizeof path, "%s/%s", directory, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
    close(file);
    return atol(text);
}

static void note(const char *name, long value) {
    char path[512], text[32];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    int length = snprintf(text, sizeof text, "%ld\n", value);
    if (file < 0 || write(file, text, length) != length) _exit(70);
    close(file);
}

// Verbs and the unit run side by side; they count as one.
static long count_one(void) {
    char path[512];
    snprintf(path, sizeof path, "%s/lock", directory);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock < 0 || flock(lock, LOCK_EX) != 0) _exit(70);
    long count = number("count") + 1;
    note("count", count);
    close(lock);
    return count;
}

static int is_stop(void) {
    char path[512], text[8] = "";
    snprintf(path, sizeof path, "%s/how", directory);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
    close(file);
    return strncmp(text, "stop", 4) == 0;
}

static void cut(pid_t agent) {
    if (is_stop()) {
        note("stopped", 1);
        // The power is cut from outside; this is only how long to wait for it.
        sleep(60);
    }
    kill(agent, SIGKILL);
}

static pid_t agent;
// A stop of the unit, or a signal from a terminal, is for the agent.
static void pass_on(int number) { kill(agent, number); }

int main(int argc, char **argv) {
    if (argc < 3) return 64;
    directory = argv[1];
    agent = fork();
    if (agent == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        execv(argv[2], argv + 2);
        _exit(127);
    }
    if (agent < 0) return 71;
    signal(SIGTERM, pass_on);
    signal(SIGINT, pass_on);
    int status;
    waitpid(agent, &status, 0);
    ptrace(PTRACE_SETOPTIONS, agent, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    ptrace(PTRACE_SYSCALL, agent, 0, 0);
    for (;;) {
        pid_t thread = waitpid(-1, &status, __WALL);
        if (thread < 0) {
            if (errno == EINTR) continue;
            return 70;
        }
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (thread != agent) continue;
            if (WIFEXITED(status)) return WEXITSTATUS(status);
            // As the agent ended, so that systemd sees it.
            signal(WTERMSIG(status), SIG_DFL);
            kill(getpid(), WTERMSIG(status));
            return 70;
        }
        int stop = WSTOPSIG(status), deliver = 0;
        if (stop == (SIGTRAP | 0x80)) {
            struct ptrace_syscall_info what;
            static long last[1 << 16];
            ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof what, &what);
            if (what.op == PTRACE_SYSCALL_INFO_ENTRY) {
                last[thread & 0xffff] = (long)what.entry.nr;
            } else if (what.op == PTRACE_SYSCALL_INFO_EXIT && last[thread & 0xffff] == SYS_fsync &&
                       !what.exit.is_error) {
                long at = number("at"), every = number("every"), count = count_one();
                if (at > 0 && (count == at || (every > 0 && count > at && (count - at) % every == 0))) cut(agent);
            }
        } else if (stop != SIGTRAP && stop != SIGSTOP) {
            deliver = stop;
        }
        ptrace(PTRACE_SYSCALL, thread, 0, deliver);
    }
}
