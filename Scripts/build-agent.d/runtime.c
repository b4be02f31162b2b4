// What Swift's runtime asks of the system at its start, answered here: the agent runs where nothing else is, not even
// /proc, and in a unit that denies it almost everything.

// Where swift-backtrace is. The runtime looks beside itself, and aborts when it cannot tell where that is. The agent has
// nothing beside itself; NULL says so.
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name) { return 0; }

// The command line. The runtime looks for it on the stack that /proc/self/maps names, and has no arguments when it
// cannot; libc hands them to every constructor.
static int arguments_count;
static char **arguments;

__attribute__((constructor)) static void keep_arguments(int count, char **values) {
    arguments_count = count;
    arguments = values;
}

char **__wrap__swift_stdlib_getUnsafeArgvArgc(int *count) {
    *count = arguments_count;
    return arguments;
}

// Its threads' priorities. libdispatch sets some below zero, which root's unit may not, and says so in the journal for
// each thread. The agent's threads are equal.
int __wrap_setpriority(int which, unsigned who, int priority) { return 0; }
