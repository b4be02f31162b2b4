import Foundation
import Glibc
import Reports
import Synchronization

/// Standard input, output and error as the caller left them.
public enum StandardStreams {
    /// Opens each one that the caller closed: the next file or connection would have its number, and be sent what is written
    /// for people.
    public static func openClosed() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest number that is free.
            _ = open("/dev/null", O_RDWR)
        }
    }

    /// The first reason why text for standard output was not written; nil where nothing was lost, or its reader is gone.
    private static let loss = Mutex<String?>(nil)

    static func note(_ error: any Error, on descriptor: Int32) {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        guard descriptor == STDOUT_FILENO, let code = underlying.flatMap({ Int32(exactly: $0.code) }),
            // A terminal that is gone says EIO, and a pipe EPIPE.
            code != EPIPE, code != EIO
        else { return }
        loss.withLock { $0 = $0 ?? String(cString: strerror(code)) }
    }

    /// Ends the program with exit code 1 where it would end with 0, and text for standard output was lost.
    public static func failWhereTextWasLost() {
        guard let why = loss.withLock({ $0 }) else { return }
        say(
            """
            turnstile: standard output took not all that was written: \(why). What the command did is done; let it write \
            elsewhere to read all of it, and see 'turnstile status' for a rollout
            """)
        exit(CommandFailure.Code.failed.rawValue)
    }
}
