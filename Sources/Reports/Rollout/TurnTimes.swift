import RolloutModel

/// The times that hosts took in this run of a rollout, and the time that the others will take by them.
///
/// Only a host that is upgraded gives a time. One that is passed over, as it runs the target or was offered nothing, takes
/// none from the next host's turn.
package struct TurnTimes: Sendable {
    /// Turns of this run, each from the end of the host before to the host's own end.
    private var turns: [Duration] = []
    /// Turns of earlier rollouts, which count until a host of this run has ended.
    private let earlier: [Duration]
    private var before: Ended?
    /// The beginning of the present turn.
    private var begun = Moment.start

    package init(earlier: [Duration]) { self.earlier = earlier }

    /// The numbers of hosts whose turns are over, and of those that were upgraded in theirs.
    private struct Ended: Equatable {
        var hosts: Int
        var upgraded: Int

        init(_ machine: RolloutMachine) { (hosts, upgraded) = (machine.results.count, machine.upgraded) }
    }

    /// Takes the machine's next state.
    package mutating func enter(_ machine: RolloutMachine, at now: Moment) {
        let ended = Ended(machine)
        defer { before = ended }
        guard let before else { return begun = now }
        guard ended != before else { return }
        if ended.upgraded > before.upgraded { turns.append(now - begun) }
        begun = now
    }

    /// The time that is left; nil where nothing tells it. Holds come on top.
    package func left(_ machine: RolloutMachine, at now: Moment) -> Duration? {
        guard let usual = Self.median(turns.isEmpty ? earlier : turns) else { return nil }
        let open = machine.plan.hosts.filter { machine.results[$0.id] == nil && $0.version != machine.target }
        let count = min(
            open.count, machine.plan.stopAfter.map { max(0, $0 - machine.upgraded) } ?? open.count)
        guard count > 0 else { return .zero }
        // A turn that is late already ends now, by this.
        let host = RolloutText.host(of: machine.state)
        let spent = open.contains { $0.id == host } ? min(now - begun, usual) : .zero
        return usual * count - spent
    }

    private static func median(_ turns: [Duration]) -> Duration? {
        turns.isEmpty ? nil : turns.sorted()[turns.count / 2]
    }
}
