#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A stand-in could not do its work.
public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    case system(operation: String, subject: String, reason: String)
    case command(line: String, status: String, output: String)
    case notBooted
    case unusable(subject: String, found: String, expected: String)

    /// The system call that just failed.
    static func lastSystemError(_ operation: String, _ subject: String) -> Failure {
        .system(operation: operation, subject: subject, reason: String(cString: strerror(errno)))
    }

    public var description: String {
        switch self {
        case .system(let operation, let subject, let reason): "cannot \(operation) \"\(subject)\": \(reason)"
        case .command(let line, let status, let output):
            "\"\(line)\" failed (\(status)): \(output.isEmpty ? "it said nothing" : output)"
        case .notBooted: "no partition is mounted as this host's /usr: was it started by Scripts/practice?"
        case .unusable(let subject, let found, let expected):
            "\(subject) is \"\(found)\", not \(expected)"
        }
    }
}
