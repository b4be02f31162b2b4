import AgentProtocol
import RolloutModel

extension RolloutDriver {
    /// Stages the update and observes the cluster meanwhile, so that the gates before the reboot have evidence already.
    func stage(_ host: HostID, target: Version?, acceptsRevert: Bool) async throws(CancellationError)
        -> RolloutMachine.Event
    {
        let etcdVersion = await watch.observatory.etcdServer(on: host)
        let request = StageRequest(
            authority: authority, group: plan.group, server: plan.server, target: target?.rawValue,
            acceptsRevert: acceptsRevert,
            engineRest: plan.engineRest, etcdVersion: etcdVersion,
            deadline: .seconds(timeouts.stage.secondsRoundedUp))
        let event = await withTaskGroup(of: RolloutMachine.Event?.self) { group in
            group.addTask {
                // The loop ends only when the step has ended, which cancels it.
                while (try? await clock.sleep(watch.intervalBesideWork)) != nil {
                    await watch.observatory.observe(concerning: host)
                }
                return nil
            }
            group.addTask {
                await stageOrArm(host, request)
            }
            var event: RolloutMachine.Event?
            while event == nil, let next = await group.next() { event = next }
            group.cancelAll()
            return event
        }
        guard let event, !Task.isCancelled else { throw CancellationError() }
        if case .staged(let version, _, _, let contents) = event, let words = contents?.words {
            notify(.progress(host, message: "\(version) brings \(words)", fraction: nil))
        }
        return event
    }

    /// Downloads the update, or arms the one that was downloaded ahead.
    private func stageOrArm(_ host: HostID, _ request: StageRequest) async -> RolloutMachine.Event {
        var way: StagingWay?
        return await answer(of: host, within: timeouts.stage) {
            () throws(HostFault) -> VerbEnding<UpdateAnswer> in
            // A request that is repeated is the same one, whatever the first has changed on the host.
            let settled: StagingWay
            if let way { settled = way } else { settled = try await stagingWay(host, request.target) }
            way = settled
            switch settled {
            case .download:
                let ending = try await access.stage(host, request, progress(of: host))
                return try VerbEnding(ending.message, of: host)
            case .arm(let version):
                let ending = try await access.arm(
                    host, request.arming(version.rawValue), progress(of: host))
                return try VerbEnding(ending.message, of: host)
            }
        }
    }

    private func stagingWay(_ host: HostID, _ target: String?) async throws(HostFault) -> StagingWay {
        let prefetch = try await access.report(host).agent.prefetch
        return StagingWay(
            prefetched: prefetch.map { Version($0.version) }, target: target.map { Version($0) })
    }

    /// - Returns: an event only if the host certainly does not reboot; nil if only waiting for the host can tell.
    func reboot(_ host: HostID, _ staged: RolloutMachine.Staged) async -> RolloutMachine.Event? {
        let gates = Gates(plan: plan, settings: watch.settings, target: staged.version)
        let goesBack = await watch.observatory.latest().map { gates.memberGoesBack(host, in: $0) } ?? true
        // A host whose member is past its point of no return would have no etcd if it went back by itself.
        let request = RebootRequest(
            authority: authority, bootID: staged.boot.rawValue, version: staged.version.rawValue,
            deadManMinutes: goesBack ? plan.deadManMinutes : nil)
        return await goDown(host) { () throws(HostFault) in try await access.reboot(host, request) }
    }

    /// - Returns: an event only if the host certainly does not reboot; nil if only waiting for the host can tell.
    func rollback(_ host: HostID, _ retreat: RolloutMachine.Retreat) async -> RolloutMachine.Event? {
        let request = RollbackRequest(authority: authority, bootID: retreat.boot.rawValue)
        return await goDown(host) { () throws(HostFault) in try await access.rollback(host, request) }
    }

    private func goDown(
        _ host: HostID, _ ask: () async throws(HostFault) -> VerbEnding<RebootAnswer>
    ) async -> RolloutMachine.Event? {
        defer { notify(.progress(host, message: "told to reboot", fraction: nil)) }
        do throws(HostFault) {
            let answer = try await ask()
            await access.disconnect(host)
            return switch answer {
            case .answered: nil
            case .refused(let refusal): refusal.event(of: host)
            case .failed(let failure): failure.event(of: host)
            }
        } catch {
            await access.disconnect(host)
            // The answer of a host that goes down may be lost.
            return error.kind == .interrupted ? nil : .stepFailed(why: error.why)
        }
    }

    func commit(_ host: HostID, _ returned: RolloutMachine.Returned) async -> RolloutMachine.Event {
        let request = CommitRequest(
            authority: authority, bootID: returned.boot.rawValue, version: returned.version.rawValue,
            method: plan.commit, engineRest: plan.engineRest,
            deadline: .seconds(timeouts.commit.secondsRoundedUp))
        return await answer(of: host, within: timeouts.commit) { () throws(HostFault) in
            try await access.commit(host, request, progress(of: host))
        }
    }

    /// Uncordons the host's node first, if this rollout cordoned it.
    func abandon(_ host: HostID) async throws(CancellationError) -> RolloutMachine.Event {
        if plan.nodes != nil, case .stepFailed(let why) = try await readmit(host) {
            return .stepFailed(why: "its node could not be uncordoned: \(why)")
        }
        let request = AbandonRequest(
            authority: authority, deadline: .seconds(timeouts.commit.secondsRoundedUp))
        // No other host waits for this one. A host that is away is reported at once, and the next command asks it
        // again.
        let event = await answer(of: host, within: timeouts.commit, startsUnheard: false) {
            () throws(HostFault) in
            try await access.abandon(host, request, progress(of: host))
        }
        if case .stepFailed = event, let arrival = await foundOnItsTry(host) { return arrival }
        return event
    }

    /// A host that rebooted without having been told to, and came up on the staged system, is out.
    private func foundOnItsTry(_ host: HostID) async -> RolloutMachine.Event? {
        guard let report = try? await access.report(host), HostPlace(report) == .onItsTry,
            let version = report.version, let partitions = report.partitions
        else { return nil }
        return .cameUp(
            boot: BootID(report.bootID), version: Version(version), partition: partitions.booted.label)
    }

    /// Waits until the host is on another boot than the one it was to leave.
    func awaitReturn(of host: HostID, from boot: BootID) async throws(CancellationError)
        -> RolloutMachine.Event
    {
        let began = clock.now()
        let deadline = began + timeouts.reboot
        var (sameBootSince, mistrustedSince): (Moment?, Moment?)
        var why = "it was never heard of"
        var trouble: HostTrouble?
        var pace = ReturnPace(look: watch.interval, call: watch.callInterval)
        while clock.now() < deadline {
            do throws(HostFault) {
                let report = try await access.report(host)
                pace.note(nil)
                mistrustedSince = nil
                trouble = nil
                switch Homecoming(report, of: plannedMachine(host), from: boot) {
                case .back(let event): return event
                case .unclear(let reason):
                    why = reason
                    sameBootSince = nil
                case .sameBoot:
                    why = "it is still on the boot that was to end"
                    // A host that is going down answers for a while. A host that stays up did not hear the request, or
                    // could not reboot.
                    if report.systemState == "stopping" { sameBootSince = nil }
                    let since = sameBootSince ?? clock.now()
                    sameBootSince = since
                    if clock.now() - since > Self.rebootGrace { return .rebootNotBegun() }
                }
            } catch {
                why = error.why
                pace.note(error)
                trouble = error.trouble.showsHostUp ? error.trouble : nil
                sameBootSince = nil
                // A boot may briefly answer as another system. An untrusted key that stays ends the wait.
                mistrustedSince = error.trouble == .hostKey ? mistrustedSince ?? clock.now() : nil
                if let mistrustedSince, clock.now() - mistrustedSince > Self.rebootGrace {
                    return .notReturned(waited: clock.now() - began, why: why, trouble: .hostKey)
                }
            }
            notify(
                .waiting(
                    .init(
                        host: host, reasons: [], what: "for another boot", heard: why, since: began,
                        deadline: deadline)))
            try await clock.sleep(pace.pause)
        }
        return .notReturned(waited: timeouts.reboot, why: why, trouble: trouble)
    }

    private func plannedMachine(_ host: HostID) -> MachineID? {
        plan.hosts.first { $0.id == host }?.machine
    }

    /// How long a host may stay up, not stopping, after it was told to reboot; and how long it may have a host key that
    /// is not trusted.
    static let rebootGrace = Duration.seconds(15)

    func progress(of host: HostID) -> HostAccess.Progress {
        { notify(.progress(host, message: $0.message, fraction: $0.fraction)) }
    }
}

extension StageRequest {
    /// The request to arm this version, which was downloaded ahead.
    fileprivate func arming(_ version: String) -> ArmRequest {
        ArmRequest(
            protocolVersion: protocolVersion, authority: authority, version: version, group: group,
            server: server, engineRest: engineRest, etcdVersion: etcdVersion, deadline: deadline)
    }
}
