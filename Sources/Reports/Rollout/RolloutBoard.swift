import RolloutModel

/// A rollout at a glance, for the bottom of a terminal: a line a host, with the step of the host at work and what it waits
/// for, and the whole with the time that is left.
package struct RolloutBoard {
    var machine: RolloutMachine
    /// The beginning of the present step.
    var stepSince: Moment
    /// The reason of the wait, or how far the step is; empty where nothing is known yet.
    var doing: String
    /// The time since the rollout began, and the time that is left; nil where nothing tells it.
    var past: Duration
    var left: Duration?
    var now: Moment
    /// True if the rollout was asked to stop before the next host, and has not yet.
    var isAskedToHold: Bool

    package init(
        machine: RolloutMachine, stepSince: Moment, doing: String, past: Duration, left: Duration?,
        now: Moment, isAskedToHold: Bool = false
    ) {
        self.machine = machine
        self.stepSince = stepSince
        self.doing = doing
        self.past = past
        self.left = left
        self.now = now
        self.isAskedToHold = isAskedToHold
    }

    private static let hostsMin = 2
    private static let roomMin = 10

    /// - Parameters:
    ///   - columns: no line is as wide: a terminal would wrap it, and it could not be taken back.
    ///   - rows: the most lines, unless the reason of a wait needs more: hosts are folded before it is cut.
    ///   - screen: the lines that the terminal has for all of it.
    package func lines(columns: Int, rows: Int, screen: Int, on terminal: Terminal) -> [String] {
        let room = max(Self.roomMin, columns - 1)
        let waits = Self.waits(doing, columns: columns, indent: 4, rows: screen - Self.hostsMin - 1)
        let hosts =
            machine.plan.platform == nil
            ? hosts(room, max(Self.hostsMin, rows - waits.count - 1), terminal) : []
        let atWork = hosts.firstIndex { $0.isAtWork }
        let above = hosts.prefix(atWork.map { $0 + 1 } ?? hosts.count).map(\.text)
        let below = hosts.dropFirst(above.count).map(\.text)
        return above + waits.map { terminal.paint($0, .dim) } + below
            + [terminal.paint(ShortText.cut(total, to: room), .bold)]
    }

    private var total: String {
        let asked = isAskedToHold ? "; holds before the next host, as asked" : ""
        let past = "\(RolloutText.elapsed(past)) so far\(asked)"
        // No host follows the one at work then.
        let left = isAskedToHold ? .zero : left
        guard machine.plan.platform == nil else { return past }
        let all = machine.plan.hostsInTurn.count
        let done = "\(machine.results.count) of \(all) \(all == 1 ? "host" : "hosts") done, \(past)"
        guard let left else { return "\(done); the time left is known once a host is done" }
        return left == .zero ? done : "\(done); about \(left.roughWords) left"
    }

    /// A wait's lines: none for an empty text.
    ///
    /// - Parameters:
    ///   - columns: as for `lines`.
    ///   - rows: the lines that the terminal has for it.
    package static func waits(_ doing: String, columns: Int, indent: Int, rows: Int) -> [String] {
        let room = max(roomMin, columns - 1)
        guard !doing.isEmpty else { return [] }
        let lines = WrappedText(columns: room).fittingLines(
            WrappedText.words(ForeignText.line(doing)), indent: indent)
        let rows = max(1, rows)
        guard lines.count > rows else { return lines }
        return lines.prefix(rows - 1) + [ShortText.clipped(lines[rows - 1] + " …", to: room)]
    }

    private func hosts(_ room: Int, _ rows: Int, _ terminal: Terminal) -> [(text: String, isAtWork: Bool)] {
        let standing = HostStanding(machine: machine, outSince: nil, isDriven: true)
        let hosts = machine.plan.hosts.map(\.id)
        let words = hosts.map { standing.told(of: $0).words }
        let atWork = RolloutText.host(of: machine.state).flatMap { host in hosts.firstIndex(of: host) }
        let folded = FoldedHosts(words, room: rows, keeping: atWork)
        let width = folded.shown.map { hosts[$0].rawValue.columns }.max() ?? 0
        let lines = folded.shown.map { place in
            let isAtWork = place == atWork
            let name = ForeignText.line(hosts[place].rawValue)
            let step =
                isAtWork ? "\(step(words[place])), \(RolloutText.elapsed(now - stepSince))" : words[place]
            let text = ShortText.cut(name.padded(to: width) + "  " + ForeignText.line(step), to: room)
            return (text: isAtWork ? terminal.paint(text, .bold) : text, isAtWork: isAtWork)
        }
        return lines + (folded.rest.map { [(text: ShortText.cut($0, to: room), isAtWork: false)] } ?? [])
    }

    /// The host whose gates are asked is at work, too: the rollout waits for it.
    private func step(_ words: String) -> String { words == "waiting" ? "asking the gates" : words }
}
