import AgentProtocol
import RolloutModel

/// An agent's words are its host's, which may be anybody's by now. Their text was made plain where it was read; here
/// are the names that become paths, keys and commands, and the numbers that are counted on with.
extension HostReport {
    /// Why nothing of it is believed; nil where there is no reason.
    var flaw: String? {
        for (what, id) in [("machine-id", machineID), ("boot id", bootID)] where !id.isEmpty {
            if let flaw = PlainName.flaw(of: what, id) { return flaw }
        }
        return PlainName.flaw(of: "version", version) ?? agent.flaw ?? partitions?.flaw
    }

    /// True if the agent's record has a token or a name that no turnstile wrote; `unlock --reset-tokens` sets it right.
    var isRecordSpoilt: Bool { agent.spoilt != nil }

    /// The report without an uptime that cannot be true.
    var bounded: HostReport {
        var report = self
        report.uptimeSeconds = uptimeSeconds.flatMap { Self.believableUptime.contains($0) ? $0 : nil }
        return report
    }

    private static let believableUptime = 0.0...1e9
}

extension AgentState {
    fileprivate var flaw: String? {
        spoilt ?? PlainName.flaw(of: "version", version) ?? PlainName.flaw(
            of: "etcd version", etcdVersionBefore)
            ?? PlainName.flaw(of: "version", revertedFrom) ?? prefetch?.flaw
    }

    /// The flaw in the record of the rollout that has the host; nil if a turnstile may have written that record.
    fileprivate var spoilt: String? {
        for rollout in [authority?.rollout, claim?.rollout] {
            if let flaw = PlainName.flaw(of: "rollout", rollout) {
                return "\(flaw). \(Self.wayBack)"
            }
        }
        for (token, rollout) in [
            (claim?.token, claim?.rollout), (authority?.token, authority?.rollout), (highestToken, nil),
        ] {
            guard let token, !token.isPossible else { continue }
            let whose = rollout.map { " of rollout \($0)" } ?? ""
            return """
                its agent's record has token \(token)\(whose), and no token is above \(Token.ceiling). \(Self.wayBack)
                """
        }
        return nil
    }

    private static let wayBack =
        "Once no turnstile works on this cluster, 'turnstile unlock --reset-tokens' sets the record right"
}

extension PrefetchState {
    fileprivate var flaw: String? {
        PlainName.flaw(of: "version", version) ?? PlainName.flaw(of: "boot id", bootID)
            ?? PlainName.flaw(of: "partition label", partition)
    }
}

extension PartitionTable {
    fileprivate var flaw: String? { booted.flaw ?? other.flaw }
}

extension PartitionTable.Partition {
    /// The table has at most 128 partitions, and four bits each for priority and tries (facts 4).
    fileprivate var flaw: String? {
        if let flaw = PlainName.flaw(of: "partition label", label) { return flaw }
        guard (1...128).contains(number), (0...15).contains(priority), (0...15).contains(tries) else {
            return
                "its agent tells of partition \(number) with priority \(priority) and \(tries) tries, which no table has"
        }
        return nil
    }
}

extension PlainName {
    fileprivate static func flaw(of what: String, _ text: String?) -> String? {
        guard let text, !isPlain(text) else { return nil }
        return
            "its agent names \(ForeignText.line(text, charactersMax: 80).debugDescription), which is no \(what)"
    }
}

extension AgentMessage {
    /// Why an answer is none, by the names and numbers in it; nil where there is no reason.
    var flaw: String? {
        switch self {
        case .hello, .progress, .refused, .failed, .abandoned, .prefetchDoubted: nil
        case .report(let report): report.flaw
        case .staged(let staged):
            PlainName.flaw(of: "version", staged.version) ?? PlainName.flaw(of: "boot id", staged.bootID)
                ?? staged.partitions.flaw
        case .prefetched(let update):
            PlainName.flaw(of: "version", update.version) ?? update.partitions.flaw
        case .nothingOffered(let nothing): PlainName.flaw(of: "version", nothing.runningVersion)
        case .offerDiffers(let offer): PlainName.flaw(of: "version", offer.offered)
        case .rebooting(let mark), .rebooted(let mark): PlainName.flaw(of: "boot id", mark.bootID)
        case .committed(let proof):
            PlainName.flaw(of: "version", proof.version) ?? PlainName.flaw(of: "boot id", proof.bootID)
                ?? proof.partitions.flaw
        case .claimed(let claim): PlainName.flaw(of: "rollout", claim.rollout)
        case .released(let authority): PlainName.flaw(of: "rollout", authority.rollout)
        }
    }
}

extension StepProgress {
    /// With a part of the whole, or with none.
    var bounded: StepProgress {
        StepProgress(message: message, fraction: fraction.flatMap { (0...1).contains($0) ? $0 : nil })
    }
}
