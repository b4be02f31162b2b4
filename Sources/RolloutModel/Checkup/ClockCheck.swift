/// Hosts' clocks against each other and against this machine's.
public struct ClockCheck: Hashable, Sendable {
    public var hosts: [Reading]
    /// The reading of the operator's machine.
    public var own: ClockReading
    /// nil where rollouts do not compare them.
    public var settings: GateSettings.Clock?

    public struct Reading: Hashable, Sendable {
        public var host: HostID
        public var clock: ClockReading

        public init(_ host: HostID, _ clock: ClockReading) {
            self.host = host
            self.clock = clock
        }
    }

    public init(hosts: [Reading], own: ClockReading, settings: GateSettings.Clock?) {
        self.hosts = hosts
        self.own = own
        self.settings = settings
    }

    /// Rollouts compare no clocks where the gate is off, and so a difference is only worth a word then.
    private static let usual = GateSettings.Clock(skew: .seconds(5))

    public var findings: [Checkup.Finding] {
        let among = ClockGate(settings: settings ?? Self.usual).skews(hosts.map { ($0.host, $0.clock) })
        let apart = among.map { host, skew in
            let hold = ClockHold.clockSkewed(host: host, skew)
            return settings == nil
                ? Checkup.Finding.warning(.clock, .host(host), hold.says, fix: hold.remedy)
                : .fault(.clock, .host(host), hold.says, fix: hold.remedy)
        }
        let named = Set(among.map(\.0))
        let rest = hosts.filter { !named.contains($0.host) }
        let off = rest.filter { $0.clock.surelyAhead(of: own).magnitude > most }
        let near = rest.filter { !off.contains($0) }
        let slow = near.filter { $0.clock.answerTime > most }
        return apart + against(off, of: rest) + slow.map(untold)
            + alike(near.filter { !slow.contains($0) }.map(\.host))
    }

    /// The moment at which the clock was read during a long answer is not known.
    private func untold(_ reading: Reading) -> Checkup.Finding {
        .warning(
            .clock, .host(reading.host),
            """
            its answer took \(reading.clock.answerTime.wholeSeconds) s, and clocks may be \
            \(most.wholeSeconds) s apart: nothing can be told of its clock
            """,
            fix: [
                "ask again; where it stays slow, see on '\(reading.host)':",
                "\(run: "uptime", on: reading.host)",
            ])
    }

    private var most: Duration { (settings ?? Self.usual).skew }

    private func alike(_ hosts: [HostID]) -> [Checkup.Finding] {
        guard !hosts.isEmpty else { return [] }
        return [.ok(.clock, .hosts(hosts), "within \(most.wholeSeconds) s of this machine's")]
    }

    /// The clock of this machine is the wrong one if most hosts differ from it.
    private func against(_ off: [Reading], of hosts: [Reading]) -> [Checkup.Finding] {
        guard off.count * 2 > hosts.count, hosts.count > 1 else {
            return off.map {
                .warning(
                    .clock, .host($0.host),
                    "it is at least \(ahead($0).magnitude.asApart) \(Self.side(ahead($0))) this machine's",
                    fix: [
                        "set it right on '\($0.host)': \(run: "timedatectl", on: $0.host) says how it is kept"
                    ])
            }
        }
        let least = off.map(ahead).min { $0.magnitude < $1.magnitude } ?? .zero
        return [
            .warning(
                .clock, .here,
                "this machine's is at least \(least.magnitude.asApart) \(Self.side(.zero - least)) that of \(off.count) hosts: "
                    + "maintenance windows and journals go by it",
                fix: ["set it right:", "\(run: "timedatectl set-ntp true", .here)"])
        ]
    }

    private func ahead(_ reading: Reading) -> Duration { reading.clock.surelyAhead(of: own) }

    private static func side(_ ahead: Duration) -> String { ahead < .zero ? "behind" : "ahead of" }
}
