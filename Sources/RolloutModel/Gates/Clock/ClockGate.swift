/// No two hosts' clocks are far apart. The gate needs no plan.
struct ClockGate {
    var settings: GateSettings.Clock

    /// Against the one in the middle, which of three is not the one that is wrong.
    func reasons(_ seen: [(HostID, HostFacts)]) -> [HoldReason] {
        let read = seen.compactMap { host, facts in facts.clock.map { (host, $0) } }
        let skews = Dictionary(skews(read), uniquingKeysWith: { first, _ in first })
        return seen.compactMap { host, facts in
            guard facts.clock != nil else {
                return .host(.untold(host: host, .clock, why: facts.why(.clock)))
            }
            return skews[host].map { .clock(.clockSkewed(host: host, $0)) }
        }
    }

    /// The most by which a clock is likely to be off the one in the middle; nil where none was read.
    func widest(_ read: [ClockReading]) -> Duration? {
        let offsets = read.map(\.likelyOffset).sorted()
        guard let middle = offsets.dropFirst(offsets.count / 2).first else { return nil }
        return offsets.map { ($0 - middle).magnitude }.max()
    }

    /// The hosts whose clocks are too far from the one in the middle.
    func skews(_ read: [(HostID, ClockReading)]) -> [(HostID, ClockSkew)] {
        let sorted = read.sorted { $0.1.likelyOffset < $1.1.likelyOffset }
        guard let (other, middle) = sorted.dropFirst(sorted.count / 2).first else { return [] }
        return read.compactMap { host, own in
            let ahead = own.surelyAhead(of: middle)
            guard ahead.magnitude > settings.skew else { return nil }
            let skew = ClockSkew(
                other: other, ahead: ahead, most: settings.skew,
                shown: middle.shown + (own.likelyOffset - middle.likelyOffset), otherShown: middle.shown)
            return (host, skew)
        }
    }
}
