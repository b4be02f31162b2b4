import RolloutModel

/// The pause between two questions to a host that is to come back from its reboot.
///
/// A call that nobody takes costs the host nothing, and a report costs some work. A refused login may ask a person each
/// time, and counts against the caller with sshguard, fail2ban and pam_faillock. A host that boots refuses logins for a
/// while (pam_nologin).
struct ReturnPace: Hashable, Sendable {
    /// The pause between two looks at a host that is there.
    let look: Duration
    /// The pause between two calls to a host that is away.
    let call: Duration
    private(set) var pause: Duration
    private var refusals = 0

    /// The longest pause after a refused login, in looks.
    private static let refusedLooksMax = 16
    /// A host that answers, and has not come back, is asked again as if so many calls had failed.
    private static let callsForAReport = 4

    init(look: Duration, call: Duration) {
        (self.look, self.call, pause) = (look, call, look)
    }

    /// - Parameter fault: the end of the last question; nil where the host gave its report.
    mutating func note(_ fault: HostFault?) {
        switch fault?.trouble {
        case nil: pause = min(look, call * Self.callsForAReport)
        case .unreachable, .refused, .interrupted: pause = call
        case .loginRefused: pause = look * min(1 << min(refusals, 30), Self.refusedLooksMax)
        default: pause = look
        }
        refusals = fault?.trouble == .loginRefused ? refusals + 1 : 0
    }
}
