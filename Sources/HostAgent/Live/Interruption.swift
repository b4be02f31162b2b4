import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The signals that reach the agent.
///
/// A signal only leaves a mark, which every wait looks at: cancelling tasks instead would also kill the commands that
/// the clean-up needs.
public enum Interruption {
    private static let asked = Atomic(false)

    public static var wasAsked: Bool { asked.load(ordering: .relaxed) }

    /// SIGTERM and SIGINT ask the agent to stop. SIGHUP and SIGPIPE are ignored: a cut connection must not stop a
    /// step half way.
    public static func listen() {
        signal(SIGHUP, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        // Storing to a lock-free atomic is safe in a signal handler.
        let mark: @convention(c) (Int32) -> Void = { _ in Interruption.asked.store(true, ordering: .relaxed) }
        signal(SIGTERM, mark)
        signal(SIGINT, mark)
    }
}
