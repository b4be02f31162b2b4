import Glibc

/// A call by a shell's completion script. The person is typing meanwhile: the program may neither print at the terminal
/// nor read from it, and it must end soon.
public enum QuietCompletion {
    /// The longest time in seconds; then the program ends, and nothing more is offered.
    private static let secondsMax: UInt32 = 2

    /// Silences the program and bounds its time, if a completion script called it.
    ///
    /// - Parameter arguments: the program's arguments, without its name.
    public static func begin(_ arguments: some Collection<String>) {
        guard arguments.first == "---completion" else { return }
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        if nothing >= 0 { for descriptor in [STDIN_FILENO, STDERR_FILENO] { dup2(nothing, descriptor) } }
        guard !isIgnored(SIGALRM) else { return }
        // `_exit` is safe in a signal handler.
        signal(SIGALRM) { _ in _exit(0) }
        alarm(secondsMax)
    }

    /// True for a signal that the caller ignores: it has a deadline of its own, or wants none.
    private static func isIgnored(_ number: Int32) -> Bool {
        var found = sigaction()
        sigaction(number, nil, &found)
        return unsafeBitCast(found.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
