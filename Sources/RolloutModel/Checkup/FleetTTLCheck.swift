/// fleet's `agent_ttl`, as the hosts have it, against the configured one.
public struct FleetTTLCheck: Hashable, Sendable {
    public var configuredSeconds: Double
    /// The hosts that were asked for theirs.
    public var asked: [HostID]
    /// As each host has it, in the order of the hosts.
    public var seen: [Seen]
    /// The longest time left of an entry in fleet's registry, which is never more than the TTL; nil if none was seen.
    public var listedSeconds: Double?

    public struct Seen: Hashable, Sendable {
        public var host: HostID
        public var seconds: Double
        /// The file or variable that has it.
        public var place: String

        public init(_ host: HostID, seconds: Double, place: String) {
            self.host = host
            self.seconds = seconds
            self.place = place
        }
    }

    public init(configuredSeconds: Double, asked: [HostID], seen: [Seen], listedSeconds: Double?) {
        self.configuredSeconds = configuredSeconds
        self.asked = asked
        self.seen = seen
        self.listedSeconds = listedSeconds
    }

    /// The longest that the loader takes for `gates.fleet.ttl`.
    private static let settableSeconds = 3600.0

    public var findings: [Checkup.Finding] {
        let longer = seen.filter { $0.seconds > configuredSeconds }
        guard longer.isEmpty else { return longer.map(tooLong) }
        if let listed = listedSeconds, listed > configuredSeconds { return [listedLonger(listed)] }
        guard let longest = seen.map(\.seconds).max() else { return untold }
        return seen.map { longest < configuredSeconds ? tooShort($0, longest) : inOrder($0) }
    }

    private var configured: String { "gates.fleet.ttl says \(configuredSeconds.wholeSeconds) s" }

    private func inOrder(_ each: Seen) -> Checkup.Finding {
        guard each.seconds < configuredSeconds else {
            return .ok(
                .fleetTTL, .host(each.host), "\(each.seconds.wholeSeconds) s, as gates.fleet.ttl says")
        }
        return .ok(.fleetTTL, .host(each.host), "\(each.told), and \(configured), as other hosts have it")
    }

    private func tooShort(_ each: Seen, _ longest: Double) -> Checkup.Finding {
        .warning(
            .fleetTTL, .host(each.host),
            "\(each.told), and \(configured): rollouts may wait longer than they need to",
            fix: Self.setting(longest))
    }

    private func tooLong(_ each: Seen) -> Checkup.Finding {
        let settable = seen.map(\.seconds).filter { $0 <= Self.settableSeconds }.max()
        let fix: Remedy =
            if each.seconds <= Self.settableSeconds, let settable { Self.setting(settable) } else {
                ["lower agent_ttl of '\(each.host)' to 1 h or less: \(set: "gates.fleet.ttl") takes no more"]
            }
        return .fault(
            .fleetTTL, .host(each.host),
            "\(each.told), and \(configured): a machine that died stays listed for longer than that", fix: fix
        )
    }

    private func listedLonger(_ listed: Double) -> Checkup.Finding {
        let hold = FleetHold.fleetTTLDiffers(seconds: listed, configured: configuredSeconds)
        let fix: Remedy =
            listed <= Self.settableSeconds
            ? Self.setting(listed)
            : ["lower agent_ttl of the hosts to 1 h or less: \(set: "gates.fleet.ttl") takes no more"]
        return .fault(.fleetTTL, .cluster, hold.says, fix: fix)
    }

    private var untold: [Checkup.Finding] {
        guard !asked.isEmpty else { return [] }
        return [
            .warning(
                .fleetTTL, .hosts(asked), "no host told its agent_ttl, and \(configured)",
                fix: [
                    "see which one they have, and give \(set: "gates.fleet.ttl") the same:",
                    "\(run: "grep agent_ttl /etc/fleet/fleet.conf", .anyHost)",
                ])
        ]
    }

    /// The loader takes no less than a second.
    private static func setting(_ seconds: Double) -> Remedy {
        ["\(set: "gates.fleet.ttl", to: "\(max(1, seconds.rounded(.up).wholeSeconds))s")"]
    }
}

extension FleetTTLCheck.Seen {
    /// The seconds, and where they stand.
    fileprivate var told: String { "\(seconds.wholeSeconds) s (\(place))" }
}
