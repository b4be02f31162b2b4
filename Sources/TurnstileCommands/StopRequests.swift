import Glibc

/// Judges signals together, since several may be one request. A person stops a rollout at once by asking twice. A
/// session that ends sends several signals in any order: bash and the kernel each send SIGHUP, and systemd sends
/// SIGTERM with SIGHUP after it. The signals of an ending session count as one request.
struct StopRequests {
    enum Answer: Hashable {
        /// Stop before the next host.
        case hold
        /// Stop in the middle of a step.
        case cancel
        case heardBefore
    }

    private var isAsked = false
    private var hangup: ContinuousClock.Instant?
    private var termination: ContinuousClock.Instant?

    /// The time after a hangup within which a session manager ends the rest of the session.
    static let sessionEnd: Duration = .seconds(10)
    /// The time within which a second SIGTERM counts as the same: timeout(1) signals its child, and then the whole
    /// group.
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
        // SIGHUP comes from a terminal that is gone, so no person asks by it.
        case SIGHUP: return .heardBefore
        case SIGTERM where isEcho: return .heardBefore
        default: return .cancel
        }
    }
}
