import Reports
import RolloutModel
import Simulation

/// The output of `rehearse`.
struct RehearsalReport: Encodable {
    /// The timelines of the hosts in a trial without faults.
    var timeline: [RehearsedNight.Passage]
    var calmTime: Duration
    /// The holds that last even without faults; empty where the rollout ends.
    var calmHolds: [String]
    /// The number of trials with faults.
    var nights: Int
    var upgraded: Int
    /// The number of trials that ended without a person.
    var unattended: Int
    var times: Spread
    var holds: [Hold]
    var turnstileDied: Int
    var pace: Pace
    /// The number of steps that the pace was measured on; 0 where it is an assumption.
    var stepsMeasured: Int

    private enum CodingKeys: String, CodingKey {
        case timeline
        case calmTime = "calmSeconds"
        case calmHolds, nights, upgraded, unattended
        case times = "seconds"
        case holds, turnstileDied, pace, stepsMeasured
    }

    /// The durations of trials that ended upgraded; nil where there was none.
    struct Spread: Encodable {
        var least: Duration?
        var half: Duration?
        var ninetyPercent: Duration?
        var most: Duration?

        init(_ times: [Duration]) {
            let sorted = times.sorted()
            func at(_ share: Double) -> Duration? {
                sorted.isEmpty ? nil : sorted[Int(clamping: Double(sorted.count - 1) * share)]
            }
            (least, half, ninetyPercent, most) = (at(0), at(0.5), at(0.9), at(1))
        }
    }

    /// A kind of hold, whose text names no host.
    struct Hold: Encodable {
        var why: String
        /// The number of trials in which it occurred.
        var nights: Int
        /// The hosts at which it occurred, most often first.
        var hosts: [String]
    }

    init(calm: RehearsedNight, nights: [RehearsedNight], hosts: [HostID], pace: MeasuredPace) {
        timeline = calm.passages
        calmTime = calm.time
        calmHolds = calm.isUpgraded ? [] : Self.lasting(calm.holds.last?.reasons ?? []).map(\.description)
        self.nights = nights.count
        upgraded = nights.count(where: \.isUpgraded)
        unattended = nights.count { $0.isUpgraded && $0.holds.isEmpty && $0.deaths == 0 }
        times = Spread(nights.filter(\.isUpgraded).map(\.time))
        holds = Self.holds(nights, hosts)
        turnstileDied = nights.count { $0.deaths > 0 }
        self.pace = pace.pace
        stepsMeasured = pace.measured.stage + pace.measured.reboot + pace.measured.commit
    }

    /// The reasons that do not clear by themselves, where there are any; all reasons otherwise.
    private static func lasting(_ reasons: [HoldReason]) -> [HoldReason] {
        let lasting = reasons.filter { $0.patience == .act || $0.isPointOfNoReturn }
        return lasting.isEmpty ? reasons : lasting
    }

    private static func holds(_ nights: [RehearsedNight], _ hosts: [HostID]) -> [Hold] {
        var found: [String: (nights: Set<UInt64>, hosts: [String: Int])] = [:]
        for night in nights {
            for hold in night.holds {
                for why in Set(hold.reasons.map { kind($0, hosts) }) {
                    found[why, default: ([], [:])].nights.insert(night.seed)
                    if let host = hold.host { found[why]?.hosts[host.rawValue, default: 0] += 1 }
                }
            }
        }
        return found.map { why, seen in
            let hosts = seen.hosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
            return Hold(why: why, nights: seen.nights.count, hosts: hosts)
        }.sorted { ($1.nights, $0.why) < ($0.nights, $1.why) }
    }

    /// The text of a reason with host names and numbers replaced, so that the same kind of reason has the same text.
    private static func kind(_ reason: HoldReason, _ hosts: [HostID]) -> String {
        var text = reason.description
        for host in hosts {
            text = text.replacing("(m-\(host)) ", with: "").replacing("'\(host)'", with: "HOST")
        }
        return text.replacing(/\b[0-9]+(\.[0-9]+)?\b/, with: "N")
    }

    func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["HOST", "GATES", "STAGING", "REBOOT", "BACK", "COMMITTED", "DONE"])
        for passage in timeline {
            let moments = [passage.staging, passage.reboot, passage.back, passage.committed, passage.done]
            table.rows.append(
                [.init(passage.host), .init(RolloutText.elapsed(passage.begins))]
                    + moments.map { .init($0.map { RolloutText.elapsed($0) } ?? "-") })
        }
        let heading =
            calmHolds.isEmpty
            ? "If nothing goes wrong: \(RolloutText.elapsed(calmTime)) in all"
            : "Even if nothing goes wrong it never ends: \(calmHolds.joined(separator: "; "))"
        return [Columns.Cell(heading).text, ""] + table.lines(on: terminal) + [""] + spreadLines + [""]
            + holdLines(terminal) + [
                paceLine
            ]
    }

    private var spreadLines: [String] {
        var lines = [
            "\(nights) nights on which things go wrong: \(upgraded) ended upgraded, \(unattended) of them with nobody's help"
        ]
        if let least = times.least, let half = times.half, let most = times.most,
            let ninety = times.ninetyPercent
        {
            let words = [
                "least \(RolloutText.elapsed(least))", "half of them within \(RolloutText.elapsed(half))",
                "nine of ten within \(RolloutText.elapsed(ninety))", "most \(RolloutText.elapsed(most))",
            ]
            lines.append("  total time: " + words.joined(separator: ", "))
        }
        if turnstileDied > 0 {
            lines.append("  on \(turnstileDied) of them turnstile itself died, and was resumed")
        }
        return lines
    }

    private static let hostsShown = 5

    private func holdLines(_ terminal: Terminal) -> [String] {
        guard !holds.isEmpty else { return ["It held nowhere.", ""] }
        var table = Columns(header: ["NIGHTS", "HELD BECAUSE", "AT"])
        for hold in holds {
            let more = hold.hosts.count > Self.hostsShown ? ", …" : ""
            let hosts = hold.hosts.prefix(Self.hostsShown).joined(separator: ", ") + more
            table.rows.append([.init("\(hold.nights)"), .init(hold.why), .init(hosts.isEmpty ? "-" : hosts)])
        }
        return table.lines(on: terminal) + [""]
    }

    private var paceLine: String {
        func span(_ range: ClosedRange<Duration>) -> String {
            "\(RolloutText.elapsed(range.lowerBound)) to \(RolloutText.elapsed(range.upperBound))"
        }
        let source =
            stepsMeasured > 0
            ? "as in your earlier rollouts, where they say" : "assumed; no rollout was measured yet"
        return
            "A stage takes \(span(pace.stage)), a reboot \(span(pace.reboot)), a commit \(span(pace.commit)): \(source)."
    }
}
