import AgentProtocol
import HostFiles
import Logging

extension Worker {
    /// The time until a request is noticed while the timer runs, where the kernel does not tell of it.
    private static let intervalUnwatched = Duration.milliseconds(200)
    private static let interval = Duration.seconds(1)
    /// Between looks at what forbids to go back.
    private static let lookApart = Duration.seconds(10)
    /// When the host was first seen in this boot; `/run` goes with the boot.
    private static let arrivedPath = "\(EventLog.directory)/arrived"

    /// Waits where a timer runs, and takes the host back when it is over.
    ///
    /// - Returns: false where no timer runs.
    func waitForDeadMan() async throws -> Bool {
        let record = try store.load()
        guard let minutes = record.deadManMinutes, record.phase == .rebooting else { return false }
        let step = Step(effects: effects, logger: logger, end: effects.now() + .seconds(60))
        let host = try await step.situation(record)
        guard host.isOnItsTry else { return false }
        let due = try arrival() + .seconds(minutes * 60)
        guard try await isToGoBack(at: due, record) else { return true }
        logger.warning("not committed in time: going back", metadata: ["minutes": "\(minutes)"])
        var gone = record
        gone.phase = .rollingBack
        gone.rollback = RollbackMark(
            bootID: host.bootID, from: PartitionName(host.table.booted), version: host.runningVersion)
        gone.deadManMinutes = nil
        try await store.save(gone)
        try await RebootStep.goDown(effects)
        return false
    }

    /// Waits until the host may go back; false as soon as there is something else to do.
    ///
    /// A host that would leave its cluster for good on the way down stays up (facts 0.9): somebody has to look.
    private func isToGoBack(at due: Duration, _ record: HostRecord) async throws -> Bool {
        var look = due
        let watch = effects.files.watch(RecordStore.directory)
        while true {
            let isUnchanged = try store.load() == record
            guard isUnchanged, !effects.isInterrupted() else { return false }
            if effects.now() >= look {
                let hazards = try await hazards(under: record)
                guard let hazard = hazards.first(where: { $0.kind == .leavesClusterOnShutdown }) else {
                    return true
                }
                if look == due {
                    logger.error(
                        "not committed in time, and not going back", metadata: ["reason": "\(hazard.message)"]
                    )
                }
                look = effects.now() + Self.lookApart
            }
            await effects.pause(watch, upTo: Self.interval, unwatched: Self.intervalUnwatched)
        }
    }

    private func hazards(under record: HostRecord) async throws -> [HostHazard] {
        let reader = HostReader(effects: effects)
        return try await reader.hazards(under: record, in: try await reader.watchedUnits())
    }

    /// Since the boot of the machine; kept, so that a worker that was killed does not begin to count anew.
    private func arrival() throws -> Duration {
        if let text = try effects.files.text(Self.arrivedPath), let seconds = Double(text),
            let arrival = Duration(seconds: seconds, in: Goal.times)
        {
            return arrival
        }
        let now = effects.now()
        try effects.files.makeDirectory(EventLog.directory, 0o700)
        let text = String(now.inSeconds)
        try effects.files.replace(Self.arrivedPath, FileCopy(bytes: Array(text.utf8), mode: 0o600))
        return now
    }
}
