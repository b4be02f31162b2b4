import AgentProtocol

/// The point from which `arm` has to go on.
enum ArmEntry: Hashable, Sendable {
    case refused(Refusal)
    /// Done earlier in this boot, and still so.
    case armedAlready(StagedUpdate)
    case doubted(FoundDoubt)
    /// No sign speaks against it; the contents of the partition have yet to be proved.
    case prove(StagingMark)

    init(_ host: HostSituation, version: String) {
        if let staged = StageEntry.stagedEarlier(host) {
            self =
                staged.version == version
                ? .armedAlready(staged) : .refused(StageEntry.otherVersion(staged.version, target: version))
        } else if let mark = host.prefetchMark {
            if let refusal = Self.refusal(host, mark, version) {
                self = .refused(refusal)
            } else {
                self = FoundDoubt(host, mark).map { .doubted($0) } ?? .prove(mark)
            }
        } else {
            self = .refused(
                Refusal(
                    reason: .phaseUnsuitable,
                    message: "nothing was downloaded ahead on this host (phase "
                        + "\(host.record.phase.rawValue)): stage it"))
        }
    }

    private static func refusal(_ host: HostSituation, _ mark: StagingMark, _ version: String) -> Refusal? {
        if let hazard = host.hazard(.rebootsByItself) ?? host.hazard(.neverUpdates) { return hazard }
        guard mark.version == version else {
            return Refusal(
                reason: .versionDiffers,
                message:
                    "\(mark.version ?? "an unknown version") was downloaded ahead on this host, not \(version)"
            )
        }
        return StageEntry.refusalOnItsTry(host)
    }
}

/// A doubt about an update that was downloaded ahead, with its words.
struct FoundDoubt: Hashable, Sendable {
    var doubt: PrefetchDoubt
    var message: String

    init(_ doubt: PrefetchDoubt, _ message: String) {
        self.doubt = doubt
        self.message = message
    }

    /// The doubt that the host shows without a look at the partition; nil where there is none.
    init?(_ host: HostSituation, _ mark: StagingMark) {
        let (table, label) = (host.table, mark.partition.label)
        if table.booted.number == mark.partition.number {
            self.init(.runsAlready, "\(label), which was written ahead, runs: somebody made it boot")
        } else if host.engine.isRunning {
            self.init(
                .engineAtWork, "update-engine is \(host.engine.activeState), and may be writing to \(label)")
        } else if host.isUpdatePending {
            self.init(
                .downloadedSince,
                "an update waits for a reboot: update-engine was asked for one since \(label) was "
                    + "written")
        } else if !table.leavesOtherOut, !host.isArming(table.other) {
            self.init(
                .attributesChanged,
                "\(label) was left out of the boot order, and has priority=\(table.other.priority) "
                    + "tries=\(table.other.tries) successful=\(table.other.successful ? 1 : 0)")
        } else {
            return nil
        }
    }
}

extension HostSituation {
    /// The update that was downloaded ahead, also where an earlier run of this boot began to arm it.
    fileprivate var prefetchMark: StagingMark? {
        guard let mark = record.staging, mark.prefetch?.written != nil else { return nil }
        return record.phase == .prefetched || record.phase == .staging ? mark : nil
    }

    /// True if an earlier run of this boot may have left the partition so.
    fileprivate func isArming(_ partition: PartitionTable.Partition) -> Bool {
        record.phase == .staging && isStagingOurs && table.isArmed && partition.tries == 1
            && !partition.successful
    }
}
