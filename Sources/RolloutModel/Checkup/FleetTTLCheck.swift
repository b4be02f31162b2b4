/// fleet's `agent_ttl`, as the hosts have it, against the configured one.
public struct FleetTTLCheck: Hashable, Sendable {
    public var configuredSeconds: Double
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

    public init(configuredSeconds: Double, seen: [Seen], listedSeconds: Double?) {
        self.configuredSeconds = configuredSeconds
        self.seen = seen
        self.listedSeconds = listedSeconds
    }

    public var findings: [Checkup.Finding] {
        let longest = max(seen.map(\.seconds).max() ?? 0, listedSeconds ?? 0)
        guard longest > 0 else { return [] }
        let longer = seen.filter { $0.seconds > configuredSeconds }
        if !longer.isEmpty { return longer.map { tooLong($0, longest) } }
        guard longest <= configuredSeconds else {
            let hold = FleetHold.fleetTTLDiffers(seconds: longest, configured: configuredSeconds)
            return [.fault(.fleetTTL, .cluster, hold.says, fix: Self.setting(longest))]
        }
        guard let shortest = seen.map(\.seconds).max(), shortest < configuredSeconds else {
            return [.ok(.fleetTTL, .cluster, "\(configuredSeconds.wholeSeconds) s, as gates.fleet.ttl says")]
        }
        return [
            .warning(
                .fleetTTL, .hosts(seen.map(\.host)),
                """
                \(shortest.wholeSeconds) s (\(seen[0].place)), and gates.fleet.ttl says \
                \(configuredSeconds.wholeSeconds) s: rollouts may wait longer than they need to
                """, fix: Self.setting(shortest))
        ]
    }

    private func tooLong(_ each: Seen, _ longest: Double) -> Checkup.Finding {
        .fault(
            .fleetTTL, .host(each.host),
            """
            \(each.seconds.wholeSeconds) s (\(each.place)), and gates.fleet.ttl says \
            \(configuredSeconds.wholeSeconds) s: a machine that died stays listed for longer than that
            """, fix: Self.setting(longest))
    }

    private static func setting(_ seconds: Double) -> Remedy {
        ["\(set: "gates.fleet.ttl", to: "\(seconds.rounded(.up).wholeSeconds)s")"]
    }
}
