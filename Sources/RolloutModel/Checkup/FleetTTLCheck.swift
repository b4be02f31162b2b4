/// fleet's `agent_ttl`, as the hosts have it, against the configured one.
public struct FleetTTLCheck: Hashable, Sendable {
    public var configured: Duration
    /// The hosts that were asked for theirs.
    public var asked: [HostID]
    /// As each host has it, in the order of the hosts.
    public var seen: [Seen]
    /// The longest time left of an entry in fleet's registry, which is never more than the TTL; nil if none was seen.
    public var listed: Duration?

    public struct Seen: Hashable, Sendable {
        public var host: HostID
        public var ttl: Duration
        /// The file or variable that has it.
        public var place: String

        public init(_ host: HostID, ttl: Duration, place: String) {
            self.host = host
            self.ttl = ttl
            self.place = place
        }
    }

    public init(configured: Duration, asked: [HostID], seen: [Seen], listed: Duration?) {
        self.configured = configured
        self.asked = asked
        self.seen = seen
        self.listed = listed
    }

    /// The longest that the loader takes for `gates.fleet.ttl`.
    private static let settable = Duration.seconds(3600)

    public var findings: [Checkup.Finding] {
        let longer = seen.filter { $0.ttl > configured }
        guard longer.isEmpty else { return longer.map(tooLong) }
        if let listed, listed > configured { return [listedLonger(listed)] }
        guard let longest = seen.map(\.ttl).max() else { return untold }
        return seen.map { longest < configured ? tooShort($0, longest) : inOrder($0) }
    }

    private var setting: String { "gates.fleet.ttl says \(configured.wholeSeconds) s" }

    private func inOrder(_ each: Seen) -> Checkup.Finding {
        guard each.ttl < configured else {
            return .ok(
                .fleetTTL, .host(each.host), "\(each.ttl.wholeSeconds) s, as gates.fleet.ttl says")
        }
        return .ok(.fleetTTL, .host(each.host), "\(each.told), and \(setting), as other hosts have it")
    }

    private func tooShort(_ each: Seen, _ longest: Duration) -> Checkup.Finding {
        .warning(
            .fleetTTL, .host(each.host),
            "\(each.told), and \(setting): rollouts may wait longer than they need to",
            fix: Self.setting(longest))
    }

    private func tooLong(_ each: Seen) -> Checkup.Finding {
        let settable = seen.map(\.ttl).filter { $0 <= Self.settable }.max()
        let fix: Remedy =
            if each.ttl <= Self.settable, let settable { Self.setting(settable) } else {
                ["lower agent_ttl of '\(each.host)' to 1 h or less: \(set: "gates.fleet.ttl") takes no more"]
            }
        return .fault(
            .fleetTTL, .host(each.host),
            "\(each.told), and \(setting): a machine that died stays listed for longer than that", fix: fix
        )
    }

    private func listedLonger(_ listed: Duration) -> Checkup.Finding {
        let hold = FleetHold.fleetTTLDiffers(listed: listed, configured: configured)
        let fix: Remedy =
            listed <= Self.settable
            ? Self.setting(listed)
            : ["lower agent_ttl of the hosts to 1 h or less: \(set: "gates.fleet.ttl") takes no more"]
        return .fault(.fleetTTL, .cluster, hold.says, fix: fix)
    }

    private var untold: [Checkup.Finding] {
        guard !asked.isEmpty else { return [] }
        return [
            .warning(
                .fleetTTL, .hosts(asked), "no host told its agent_ttl, and \(setting)",
                fix: [
                    "see which one they have, and give \(set: "gates.fleet.ttl") the same:",
                    "\(run: "grep agent_ttl /etc/fleet/fleet.conf", .anyHost)",
                ])
        ]
    }

    /// The loader takes no less than a second.
    private static func setting(_ ttl: Duration) -> Remedy {
        ["\(set: "gates.fleet.ttl", to: "\(max(1, ttl.secondsRoundedUp))s")"]
    }
}

extension FleetTTLCheck.Seen {
    /// The TTL, and its place.
    fileprivate var told: String { "\(ttl.wholeSeconds) s (\(place))" }
}
