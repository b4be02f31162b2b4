import AgentProtocol

/// Where `stage` has to begin.
enum StageEntry: Hashable, Sendable {
    case refused(Refusal)
    /// Done earlier in this boot, and still so.
    case stagedAlready(StagedUpdate)
    /// An update is applied and waits for a reboot; what it is has yet to be proved.
    case adopt(ours: Bool)
    /// The engine has to be asked; `ours` when an earlier run of this boot got some of the way.
    case update(ours: Bool)

    init(_ host: HostSituation, target: String?, acceptsRevert: Bool = false) {
        if host.isReverted, !acceptsRevert {
            self = .refused(Refusal(reason: .reverted, message: host.revertedMessage))
        } else if let reverted = host.record.revertedFrom, !acceptsRevert, target ?? reverted == reverted {
            self = .refused(Self.wentBack(from: reverted))
        } else if let target, OfferRule.isLower(target, than: host.runningVersion) {
            self = .refused(Self.lower(target, host))
        } else if let hazard = host.hazard(.rebootsByItself) ?? host.hazard(.neverUpdates) {
            self = .refused(hazard)
        } else if let earlier = Self.stagedEarlier(host) {
            self =
                target == nil || target == earlier.version
                ? .stagedAlready(earlier) : .refused(Self.otherVersion(earlier.version, target: target))
        } else if let refusal = Self.refusalByPartitions(host) {
            self = .refused(refusal)
        } else {
            self =
                host.isUpdatePending
                ? .adopt(ours: host.isStagingOurs) : .update(ours: host.isStagingOurs)
        }
    }

    static func stagedEarlier(_ host: HostSituation) -> StagedUpdate? {
        guard host.record.phase == .staged || host.record.phase == .rebooting,
            let mark = host.record.staging, mark.bootID == host.bootID, let version = mark.version,
            mark.partition.number == host.table.other.number, host.table.isArmed
        else { return nil }
        return StagedUpdate(
            version: version, evidence: mark.evidence, bootID: host.bootID, partitions: host.table,
            contents: mark.contents)
    }

    private static func lower(_ target: String, _ host: HostSituation) -> Refusal {
        // An update that failed leaves nothing there to go back to (facts 0.57).
        let way =
            host.table.other.isBootable
            ? "`turnstile rollback` goes back to the other partition"
            : "nothing boots from the other partition either"
        return Refusal(
            reason: .versionDiffers,
            message:
                "\(target) is lower than \(host.runningVersion), which runs: this is no upgrade; \(way)")
    }

    private static func wentBack(from version: String) -> Refusal {
        Refusal(
            reason: .reverted,
            message:
                "this host went back from \(version) once: find out why before it is tried once more, then "
                + "`turnstile resume --retry-reverted`")
    }

    static func otherVersion(_ version: String, target: String?) -> Refusal {
        Refusal(
            reason: .versionDiffers,
            message:
                "\(version) is staged on this host, not \(target ?? "the target"): reboot into it, or take "
                + "it back with `turnstile abandon` before another is staged")
    }

    /// nil for a host that runs a committed partition.
    static func refusalOnItsTry(_ host: HostSituation) -> Refusal? {
        let booted = host.table.booted
        guard booted.successful, booted.tries == 0 else {
            // Asking for an update would commit it silently (facts 0.3).
            return Refusal(
                reason: .phaseUnsuitable,
                message: "\(booted.label) (\(booted.device)) runs and is not committed "
                    + "(priority=\(booted.priority) tries=\(booted.tries) successful=\(booted.successful ? 1 : 0)): "
                    + (host.table.other.isBootable
                        ? "commit it, or reboot to go back to \(host.table.other.label)"
                        : "commit it: nothing boots from \(host.table.other.label)"))
        }
        return nil
    }

    private static func refusalByPartitions(_ host: HostSituation) -> Refusal? {
        if let refusal = refusalOnItsTry(host) { return refusal }
        let booted = host.table.booted
        if host.table.isArmed, !host.isUpdatePending, !host.isStagingOurs {
            return Refusal(
                reason: .phaseUnsuitable,
                message:
                    "\(host.table.other.label) is armed for the next boot, though no update of this boot "
                    + "waits for one: reboot into it, or run `cgpt prioritize \(booted.device)`")
        }
        return nil
    }
}
