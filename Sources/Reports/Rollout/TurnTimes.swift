import RolloutJournal
import RolloutModel

/// The time that is left of a rollout, by the phases of hosts that were measured: those of this run first, and those of
/// earlier rollouts for phases that no host of this run has gone through yet.
///
/// A phase takes as long as the middle one of its measurements did.
package struct TurnTimes: Sendable {
    private let earlier: [Kind: Duration]
    private var meter = PhaseMeter()
    /// The beginning of the present phase for this process.
    private var since = Moment.start
    private var host: HostID?
    private var kind: Kind?

    private typealias Kind = RolloutTimeline.Phase.Kind

    package init(earlier: [PhaseTime]) { self.earlier = Self.medians(earlier) }

    /// Takes the machine's next state.
    package mutating func enter(_ machine: RolloutMachine, at now: Moment) {
        meter.enter(machine, at: now)
        let present = meter.present
        guard present?.host != host || present?.kind != kind else { return }
        (host, kind, since) = (present?.host, present?.kind, now)
    }

    /// The time that is left; nil where a phase that is to come was never measured. Holds come on top.
    package func left(_ machine: RolloutMachine, at now: Moment) -> Duration? {
        guard machine.plan.purpose == .upgrade else { return nil }
        let open = machine.plan.hostsInTurn.filter {
            machine.results[$0.id] == nil && $0.version != machine.target
        }
        let count = min(
            open.count, machine.plan.stopAfter.map { max(0, $0 - machine.upgraded) } ?? open.count)
        guard count > 0 else { return .zero }
        let usual = earlier.merging(Self.medians(meter.times)) { _, own in own }
        let turn = Self.sum(Kind.ofUpgrade[...], usual)
        guard let kind, open.contains(where: { $0.id == host }) else { return turn.map { $0 * count } }
        guard let rest = rest(of: kind, usual, at: now) else { return nil }
        return count == 1 ? rest : turn.map { $0 * (count - 1) + rest }
    }

    /// The rest of the present host's turn. A phase that is late already ends now, by this.
    private func rest(of kind: Kind, _ usual: [Kind: Duration], at now: Moment) -> Duration? {
        guard let place = Kind.ofUpgrade.firstIndex(of: kind) else {
            return Self.sum(Kind.ofUpgrade[...], usual)
        }
        guard let coming = Self.sum(Kind.ofUpgrade[(place + 1)...], usual) else { return nil }
        guard let own = usual[kind] else { return nil }
        return coming + max(.zero, own - (now - since))
    }

    /// nil where one of the phases was never measured; those of a node of Kubernetes take no time then.
    private static func sum(_ kinds: ArraySlice<Kind>, _ usual: [Kind: Duration]) -> Duration? {
        var sum = Duration.zero
        for kind in kinds {
            if let own = usual[kind] { sum += own } else if !isOfNode(kind) { return nil }
        }
        return sum
    }

    private static func isOfNode(_ kind: Kind) -> Bool { kind == .draining || kind == .uncordoning }

    private static func medians(_ times: [PhaseTime]) -> [Kind: Duration] {
        Dictionary(grouping: times, by: \.kind).compactMapValues { times in
            let sorted = times.map(\.took).sorted()
            return sorted.isEmpty ? nil : sorted[sorted.count / 2]
        }
    }
}
