import RolloutModel

/// The time that one phase of a host's upgrade took.
public struct PhaseTime: Hashable, Sendable {
    public var kind: RolloutTimeline.Phase.Kind
    public var took: Duration

    public init(_ kind: RolloutTimeline.Phase.Kind, took: Duration) {
        self.kind = kind
        self.took = took
    }
}

/// Measures the phases of hosts that are upgraded, while a rollout goes on.
///
/// A phase counts where it was seen from its beginning and the host's upgrade went on after it. So a host that is offered
/// nothing, or runs the target already, measures nothing of what it is spared, and a phase that a hold or another process
/// broke into measures nothing at all.
package struct PhaseMeter: Sendable {
    package private(set) var times: [PhaseTime] = []
    private var place: TimelinePlace?
    /// The beginning of the phase; nil where that was not seen.
    private var began: Moment?
    private var upgraded = 0

    package init() {}

    /// Takes the rollout's next state. Gates are asked anew by whoever takes a rollout up, and after a hold: their phase
    /// begins with that.
    package mutating func enter(_ machine: RolloutMachine, at now: Moment) {
        let next = TimelinePlace(machine.state)
        defer { upgraded = machine.upgraded }
        guard next != place else { return }
        if let place, let began, now >= began,
            place.isFollowed(by: next) || machine.upgraded > upgraded
        {
            times.append(PhaseTime(place.kind, took: now - began))
        }
        let isWhole = place != nil && place?.kind != .held || next?.kind == .gates
        place = next
        began = isWhole ? now : nil
    }

    /// Stops measuring the present phase, as the process that was in it is gone.
    package mutating func interrupt() { began = nil }

    /// The phase that the rollout is in, and its beginning.
    package var present: (host: HostID, kind: RolloutTimeline.Phase.Kind, began: Moment?)? {
        place.map { ($0.host, $0.kind, began) }
    }
}

extension RolloutTimeline.Phase.Kind {
    /// The phases of an upgrade in their order. A host without a node of Kubernetes has no draining and no uncordoning.
    package static let ofUpgrade: [Self] = [
        .gates, .staging, .staged, .draining, .away, .proving, .committing, .uncordoning, .settling,
    ]

    /// nil for a phase that is not one of an upgrade.
    fileprivate var rank: Int? { Self.ofUpgrade.firstIndex(of: self) }
}

extension TimelinePlace {
    /// True if the same host's upgrade goes on with `next`.
    fileprivate func isFollowed(by next: TimelinePlace?) -> Bool {
        guard let next, next.host == host, let own = kind.rank, let other = next.kind.rank else {
            return false
        }
        return other > own
    }
}
