/// The time that the next call to a host may take to connect.
///
/// A host that is away or boots leaves a call's first packet without an answer, and the kernel repeats that after 1, 3, 7 and
/// 15 s: a host that came back meanwhile waits for the repetition. So calls to a host that was there before are cut short,
/// and made anew. Each fifth call has its whole time, for a host that is slow to answer.
struct ConnectPatience: Hashable, Sendable {
    private static let short = Duration.seconds(1)
    /// Of so many failed calls in a row the last has all the time there is.
    private static let callsForAll = 5

    private var wasThere = false
    private var failures = 0

    /// - Parameter whole: the time that the settings give.
    func time(of whole: Duration) -> Duration {
        let isShort = wasThere && (failures + 1) % Self.callsForAll != 0
        return isShort ? min(whole, Self.short) : whole
    }

    mutating func note(connected: Bool) {
        wasThere = wasThere || connected
        failures = connected ? 0 : failures + 1
    }
}
