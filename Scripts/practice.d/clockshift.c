// Runs a program whose wall clock is off: clockshift FILE PROGRAM ARGUMENT…
//
// All hosts of a machine share its clock, and no namespace has another CLOCK_REALTIME. So the program, and all that it
// starts, is traced, and FILE's seconds are added to each answer about the time of day. They are read anew each time: the
// clock jumps when they change. Monotonic clocks stay as they are, as they do on a host whose clock is set.
//
// The program keeps its process number, so that systemd sees no difference; the tracer is a process beside it.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *file_of_seconds;

static long seconds(void) {
    char text[32] = "";
    int file = open(file_of_seconds, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
    close(file);
    return atol(text);
}

// What a thread is in the middle of.
struct call {
    pid_t thread;
    long number;
    // Where a time is, or 0; of a wait its deadline, changed for as long as the wait lasts.
    uintptr_t time;
    struct timespec deadline;
    int is_wait;
};

// Process numbers of a practice host are small; of two in one place the later one forgets the earlier one's call.
static struct call calls[1 << 16];

static struct call *call_of(pid_t thread) { return &calls[thread & 0xffff]; }

static int peek(pid_t thread, uintptr_t from, void *to, size_t size) {
    struct iovec local = {to, size}, remote = {(void *)from, size};
    return process_vm_readv(thread, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

static void poke(pid_t thread, uintptr_t to, const void *from, size_t size) {
    struct iovec local = {(void *)from, size}, remote = {(void *)to, size};
    process_vm_writev(thread, &local, 1, &remote, 1, 0);
}

// Programs ask the vDSO for the time, without a system call. One that finds none asks the kernel.
static void hide_vdso(pid_t thread, uintptr_t stack) {
    uintptr_t entry[2], word;
    if (!peek(thread, stack, &word, sizeof word)) return;
    // The count and the arguments, each list with its null: then the environment, then pairs of a kind and a value.
    stack += (word + 2) * sizeof word;
    do {
        if (!peek(thread, stack, &word, sizeof word)) return;
        stack += sizeof word;
    } while (word != 0);
    for (; peek(thread, stack, entry, sizeof entry) && entry[0] != AT_NULL; stack += sizeof entry) {
        if (entry[0] != AT_SYSINFO_EHDR) continue;
        word = AT_IGNORE;
        poke(thread, stack, &word, sizeof word);
    }
}

static int is_wall_clock(uintptr_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

static void enter(pid_t thread, const struct ptrace_syscall_info *what) {
    struct call call = {.thread = thread, .number = (long)what->entry.nr};
    const uint64_t *argument = (const uint64_t *)what->entry.args;
    if (call.number == SYS_clock_gettime && is_wall_clock(argument[0])) {
        call.time = argument[1];
    } else if (call.number == SYS_gettimeofday) {
        call.time = argument[0];
    } else if (call.number == SYS_futex && argument[1] & FUTEX_CLOCK_REALTIME && argument[3] != 0 &&
               peek(thread, argument[3], &call.deadline, sizeof call.deadline)) {
        // A deadline by the clock that the program sees; the kernel waits by its own.
        struct timespec real = call.deadline;
        real.tv_sec -= seconds();
        if (real.tv_sec < 0) real.tv_sec = 0;
        call.is_wait = 1;
        call.time = argument[3];
        poke(thread, call.time, &real, sizeof real);
    }
    *call_of(thread) = call;
}

static void leave(pid_t thread, const struct ptrace_syscall_info *what) {
    struct call *call = call_of(thread);
    time_t time;
    if (call->thread != thread) return;
    if (call->is_wait) {
        poke(thread, call->time, &call->deadline, sizeof call->deadline);
    } else if (call->time != 0 && !what->exit.is_error && peek(thread, call->time, &time, sizeof time)) {
        // timespec and timeval both begin with their seconds.
        time += seconds();
        poke(thread, call->time, &time, sizeof time);
    }
#ifdef SYS_time
    if (call->number == SYS_time && !what->exit.is_error)
        ptrace(PTRACE_POKEUSER, thread, offsetof(struct user, regs.rax), what->exit.rval + seconds());
#endif
    call->thread = 0;
}

// - Returns: the signal to hand on.
static int look_at_stop(pid_t thread, int status) {
    int stop = WSTOPSIG(status), event = status >> 16;
    struct ptrace_syscall_info what;
    if (event == 0 && stop != (SIGTRAP | 0x80)) return stop;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof what, &what) < 0) return 0;
    if (event == PTRACE_EVENT_EXEC) hide_vdso(thread, what.stack_pointer);
    if (what.op == PTRACE_SYSCALL_INFO_ENTRY) enter(thread, &what);
    if (what.op == PTRACE_SYSCALL_INFO_EXIT) leave(thread, &what);
    return 0;
}

static int is_group_stop(int status) {
    int stop = WSTOPSIG(status);
    return status >> 16 == PTRACE_EVENT_STOP &&
           (stop == SIGSTOP || stop == SIGTSTP || stop == SIGTTIN || stop == SIGTTOU);
}

// Until nothing is left to be traced.
static void trace(void) {
    int status;
    pid_t thread;
    while ((thread = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
        if (thread < 0 || !WIFSTOPPED(status)) continue;
        if (is_group_stop(status))
            ptrace(PTRACE_LISTEN, thread, 0, 0);
        else
            ptrace(PTRACE_SYSCALL, thread, 0, look_at_stop(thread, status));
    }
}

// Nothing of the program's may stay open, and a stop of its unit is not for the tracer.
static void stand_aside(int keep) {
    for (int number = 1; number < NSIG; number++)
        if (number != SIGCHLD) signal(number, SIG_IGN);
    dup2(keep, 3);
    int nothing = open("/dev/null", O_RDWR);
    for (int file = 0; file < 3; file++) dup2(nothing, file);
    syscall(SYS_close_range, 4, ~0U, 0);
}

// The program's cgroup is to hold what the program's unit is, and no more: that is how people tell whether set-good has
// ended. Where cgroups are read-only nobody looks.
static void leave_cgroup(void) {
    static const char *const files[] = {"/sys/fs/cgroup/init.scope/cgroup.procs",
                                        "/sys/fs/cgroup/systemd/init.scope/cgroup.procs",
                                        "/sys/fs/cgroup/unified/init.scope/cgroup.procs"};
    for (size_t index = 0; index < sizeof files / sizeof *files; index++) {
        int file = open(files[index], O_WRONLY | O_CLOEXEC);
        if (file < 0) continue;
        if (write(file, "0", 1) < 0) fprintf(stderr, "clockshift: cannot leave the cgroup by %s\n", files[index]);
        close(file);
    }
}

static void run_tracer(pid_t program, int ready) {
    leave_cgroup();
    stand_aside(ready);
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                   PTRACE_O_TRACEEXEC;
    if (ptrace(PTRACE_SEIZE, program, 0, options) < 0 || ptrace(PTRACE_INTERRUPT, program, 0, 0) < 0 ||
        waitpid(program, 0, __WALL) < 0 || ptrace(PTRACE_SYSCALL, program, 0, 0) < 0)
        _exit(70);
    if (write(3, "", 1) != 1) _exit(70);
    close(3);
    trace();
    _exit(0);
}

int main(int argc, char **argv) {
    int ready[2];
    char byte;
    pid_t program = getpid();
    if (argc < 3) return 64;
    file_of_seconds = argv[1];
    if (pipe2(ready, O_CLOEXEC) < 0) return 71;
    // Where only a parent may trace: the tracer may too.
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
    // Twice, so that the program is not left with a child that it knows nothing of.
    pid_t between = fork();
    if (between < 0) return 71;
    if (between == 0) {
        if (fork() == 0) run_tracer(program, ready[1]);
        _exit(0);
    }
    waitpid(between, 0, 0);
    close(ready[1]);
    if (read(ready[0], &byte, 1) != 1) {
        fprintf(stderr, "clockshift: cannot trace %s: may this unit use ptrace?\n", argv[2]);
        return 70;
    }
    close(ready[0]);
    execv(argv[2], argv + 2);
    perror(argv[2]);
    return 127;
}
