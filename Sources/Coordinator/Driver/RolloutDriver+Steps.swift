import AgentProtocol
import RolloutModel

extension RolloutDriver {
    /// Has the update downloaded and armed, and goes on observing meanwhile: the gates before the reboot then need
    /// not begin their evidence anew.
    func stage(_ host: HostID, target: Version?, acceptsRevert: Bool) async throws(CancellationError)
        -> RolloutMachine.Event
    {
        let request = StageRequest(
            authority: authority, group: plan.group, server: plan.server, target: target?.rawValue,
            acceptsRevert: acceptsRevert,
            engineRest: plan.engineRest == .masked ? .masked : .asFound,
            deadlineSeconds: Int(timeouts.stage))
        let event = await withTaskGroup(of: RolloutMachine.Event?.self) { group in
            group.addTask {
                // Cancelled as soon as the step has ended, which is the only way out of this loop.
                while (try? await clock.sleep(watch.interval)) != nil {
                    await watch.observatory.observe(concerning: host)
                }
                return nil
            }
            group.addTask {
                await answer(of: host) { () throws(HostFault) in
                    try await access.stage(host, request, progress(of: host))
                }
            }
            var event: RolloutMachine.Event?
            while event == nil, let next = await group.next() { event = next }
            group.cancelAll()
            return event
        }
        guard let event, !Task.isCancelled else { throw CancellationError() }
        return event
    }

    /// - Returns: an event only if the host surely does not reboot. Anything else is found out by waiting for it.
    func reboot(_ host: HostID, _ staged: RolloutMachine.Staged) async -> RolloutMachine.Event? {
        let request = RebootRequest(
            authority: authority, bootID: staged.boot.rawValue, version: staged.version.rawValue)
        defer { notify(.progress(host, message: "told to reboot", fraction: nil)) }
        do throws(HostFault) {
            let answer = try await access.reboot(host, request)
            await access.disconnect(host)
            return event(of: answer)
        } catch {
            await access.disconnect(host)
            // A host that goes down may take its answer with it.
            return error.kind == .interrupted ? nil : .stepFailed(why: error.why)
        }
    }

    func commit(_ host: HostID, _ returned: RolloutMachine.Returned) async -> RolloutMachine.Event {
        let request = CommitRequest(
            authority: authority, bootID: returned.boot.rawValue, version: returned.version.rawValue,
            engineRest: plan.engineRest == .masked ? .masked : .asFound,
            deadlineSeconds: Int(timeouts.commit))
        let event = await answer(of: host) { () throws(HostFault) in
            try await access.commit(host, request, progress(of: host))
        }
        return event ?? .stepFailed(why: "the agent answered as if to another verb")
    }

    /// Waits until the host is on another boot than the staged one.
    func awaitReturn(of host: HostID, _ staged: RolloutMachine.Staged) async throws(CancellationError)
        -> RolloutMachine.Event
    {
        let began = clock.now()
        let deadline = began + timeouts.reboot
        var sameBootSince: Moment?
        var why = "it was never heard of"
        while clock.now() < deadline {
            do throws(HostFault) {
                let report = try await access.report(host)
                guard report.bootID == staged.boot.rawValue else {
                    return .returned(
                        boot: BootID(report.bootID), version: Version(report.version ?? "unknown"),
                        partition: report.partitions?.booted.label ?? "unknown")
                }
                why = "it is still on the boot that was to end"
                // A host that is going down answers for a while. One that stays up never heard, or could not.
                if report.systemState == "stopping" { sameBootSince = nil }
                let since = sameBootSince ?? clock.now()
                sameBootSince = since
                if clock.now() - since > Self.rebootGraceSeconds { return .rebootNotBegun }
            } catch {
                why = error.why
                sameBootSince = nil
            }
            notify(
                .waiting(
                    .init(
                        host: host, reasons: [], what: "for another boot (\(why))", since: began,
                        deadline: deadline)))
            try await clock.sleep(watch.interval)
        }
        return .notReturned(seconds: timeouts.reboot, why: why)
    }

    /// How long a host may stay up, not stopping, after it was told to reboot.
    static let rebootGraceSeconds: Double = 15

    private func progress(of host: HostID) -> HostAccess.Progress {
        { notify(.progress(host, message: $0.message, fraction: $0.fraction)) }
    }

    /// The event that an agent's last message is.
    ///
    /// A conversation cut short is taken up again: the agent carried on by itself, and answers the same request the
    /// same way twice.
    private func answer(
        of host: HostID, attemptsMax: Int = 3, _ ask: () async throws(HostFault) -> AgentMessage
    ) async -> RolloutMachine.Event? {
        var attempt = 1
        while true {
            do throws(HostFault) {
                return event(of: try await ask())
            } catch {
                let mayHelp = error.kind == .interrupted || (error.kind == .unreachable && attempt > 1)
                guard mayHelp, attempt < attemptsMax else { return .stepFailed(why: error.why) }
                notify(.progress(host, message: "asking again (\(error.why))", fraction: nil))
                await access.disconnect(host)
                // A cancelled wait ends with the next question, which then fails at once.
                try? await clock.sleep(watch.interval * Double(attempt))
                attempt += 1
            }
        }
    }

    private func event(of message: AgentMessage) -> RolloutMachine.Event? {
        switch message {
        case .staged(let update):
            .staged(
                version: Version(update.version), boot: BootID(update.bootID),
                partition: update.partitions.other.label)
        case .nothingOffered(let answer): .nothingOffered(running: Version(answer.runningVersion))
        case .offerDiffers(let answer): .offerDiffered(offered: Version(answer.offered))
        case .committed(let proof): .committed(version: Version(proof.version))
        case .refused(let refusal): .stepFailed(why: refusal.message)
        case .failed(let failure): .stepFailed(why: failure.message)
        case .rebooting, .rebooted, .abandoned, .hello, .progress, .report: nil
        }
    }
}
