import Glibc

/// The terminal while a person types a hidden answer. The former settings come back in every case: a signal that ends
/// the program restores them first. The program cannot be suspended meanwhile.
struct QuietTerminal: ~Copyable {
    private let descriptor: Int32
    private var former: [(number: Int32, action: sigaction)] = []

    // The signal handler can read only static variables.
    nonisolated(unsafe) private static var saved = termios()
    nonisolated(unsafe) private static var shown: Int32 = -1

    /// - Parameter hides: false where the answer may be shown.
    /// - Returns: nil where the descriptor is no terminal.
    init?(_ descriptor: Int32, hides: Bool) {
        self.descriptor = descriptor
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        Self.saved = settings
        Self.shown = descriptor
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { take(number) { Self.restoreAndEnd($0) } }
        take(SIGTSTP, SIG_IGN)
        if hides { settings.c_lflag &= ~tcflag_t(ECHO) }
        tcsetattr(descriptor, TCSAFLUSH, &settings)
    }

    deinit {
        tcsetattr(descriptor, TCSAFLUSH, &Self.saved)
        for entry in former {
            var action = entry.action
            sigaction(entry.number, &action, nil)
        }
        Self.shown = -1
    }

    /// Installs a handler, except for a signal that is ignored, or that the rollout handles.
    private mutating func take(_ number: Int32, _ handler: __sighandler_t?) {
        var found = sigaction()
        sigaction(number, nil, &found)
        guard
            unsafeBitCast(found.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_DFL, to: Int.self)
        else { return }
        former.append((number, found))
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        sigaction(number, &action, nil)
    }

    /// Restores the settings and ends the program, using only calls that are safe in a signal handler.
    private static func restoreAndEnd(_ number: Int32) {
        if shown >= 0 { tcsetattr(shown, TCSANOW, &saved) }
        signal(number, SIG_DFL)
        raise(number)
    }
}
