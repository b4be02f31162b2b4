import Glibc

/// What signals ask for, together. A person stops a rollout at once by asking twice. A session that ends sends several by
/// itself, in any order: bash and the kernel SIGHUP each, and systemd SIGTERM with SIGHUP after it. Those are one request.
struct StopRequests {
    enum Answer: Hashable {
        /// Before the next host.
        case hold
        /// In the middle of a step.
        case cancel
        case heardBefore
    }

    private var isAsked = false
    private var hangup: ContinuousClock.Instant?
    private var termination: ContinuousClock.Instant?

    /// After a hangup a session manager ends what is left of the session within this.
    static let sessionEnd: Duration = .seconds(10)
    /// timeout(1) signals its child, and then the whole group.
    static let echo: Duration = .seconds(1)

    mutating func take(_ signal: Int32, at moment: ContinuousClock.Instant) -> Answer {
        let isEcho =
            hangup.map { moment - $0 < Self.sessionEnd } == true
            || termination.map { moment - $0 < Self.echo } == true
        switch signal {
        case SIGHUP: hangup = moment
        case SIGTERM: termination = moment
        default: break
        }
        guard isAsked else {
            isAsked = true
            return .hold
        }
        switch signal {
        // Nobody is at a terminal that is gone, however often that is said.
        case SIGHUP: return .heardBefore
        case SIGTERM where isEcho: return .heardBefore
        default: return .cancel
        }
    }
}
