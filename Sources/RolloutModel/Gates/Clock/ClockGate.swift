/// No two hosts' clocks are far apart. The gate needs no plan.
struct ClockGate {
    var settings: GateSettings.Clock

    /// Against the one in the middle, which of three is not the one that is wrong.
    func reasons(_ seen: [(HostID, HostFacts)]) -> [HoldReason] {
        let read = seen.compactMap { host, facts in facts.clock.map { (host: host, clock: $0) } }
        let sorted = read.sorted { $0.clock.likelyOffset < $1.clock.likelyOffset }
        let middle = sorted.dropFirst(sorted.count / 2).first
        return seen.compactMap { host, facts in
            guard let own = facts.clock else {
                return .host(.untold(host: host, .clock, why: facts.why(.clock)))
            }
            guard let middle else { return nil }
            let ahead = own.surelyAhead(of: middle.clock)
            guard abs(ahead) > settings.skewSeconds else { return nil }
            return .clock(
                .clockSkewed(
                    host: host,
                    ClockSkew(
                        other: middle.host, aheadSeconds: ahead, mostSeconds: settings.skewSeconds,
                        shown: middle.clock.shown + own.likelyOffset - middle.clock.likelyOffset,
                        otherShown: middle.clock.shown)))
        }
    }
}
