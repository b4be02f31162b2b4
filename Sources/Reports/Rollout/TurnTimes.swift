import RolloutModel

/// The times that hosts took in this run of a rollout, and the time that the others will take by them.
package struct TurnTimes: Sendable {
    /// Turns of this run, each from the end of the host before to the host's own end.
    private var turns: [Duration] = []
    /// Turns of earlier rollouts, which count until a host of this run has ended.
    private let earlier: [Duration]
    private var upgraded: Int?
    /// The beginning of the present turn.
    private var begun = Moment.start

    package init(earlier: [Duration]) { self.earlier = earlier }

    /// Takes the machine's next state.
    package mutating func enter(_ machine: RolloutMachine, at now: Moment) {
        defer { upgraded = machine.upgraded }
        guard let upgraded else { return begun = now }
        guard machine.upgraded > upgraded else { return }
        turns.append(now - begun)
        begun = now
    }

    /// The time that is left; nil where nothing tells it. Holds come on top.
    package func left(_ machine: RolloutMachine, at now: Moment) -> Duration? {
        guard let usual = Self.median(turns.isEmpty ? earlier : turns) else { return nil }
        let open = machine.plan.hosts.count {
            machine.results[$0.id] == nil && $0.version != machine.target
        }
        let count = min(open, machine.plan.stopAfter.map { max(0, $0 - machine.upgraded) } ?? open)
        guard count > 0 else { return .zero }
        // A turn that is late already ends now, by this.
        return usual * count - min(now - begun, usual)
    }

    private static func median(_ turns: [Duration]) -> Duration? {
        turns.isEmpty ? nil : turns.sorted()[turns.count / 2]
    }
}
