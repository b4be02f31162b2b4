import ClusterAnswers
public import RolloutModel
public import Rollouts

/// Performs the acts that a procedure asks for, through any host of the cluster.
public struct PlatformHands: Sendable {
    let reading: PlatformReading
    let baseline: PlatformBaseline
    let runners: [DeisctlSide: DeisctlRunner]
    let addresses: AddressKeeper
    let backUp: @Sendable () async -> Answer

    public typealias Answer = PlatformPort.Heard

    /// - Parameters:
    ///   - baseline: the platform as it was when the procedure was planned.
    ///   - packages: deisctl of the platform as it was, and of the version wanted.
    ///   - backUp: makes the backup.
    public init(
        _ reading: PlatformReading, since baseline: PlatformBaseline,
        packages: [DeisctlSide: DeisctlPackage],
        backUp: @escaping @Sendable () async -> Answer
    ) {
        self.reading = reading
        self.baseline = baseline
        self.backUp = backUp
        runners = packages.mapValues { DeisctlRunner(shell: reading.shell, package: $0) }
        addresses = AddressKeeper(reading)
    }

    public func perform(_ act: PlatformAct) async -> Answer {
        switch act {
        case .look: return .heard
        case .backUp: return await backUp()
        case .deisctl(let side, let verb, let units):
            return await run([verb.rawValue] + units.map(\.target), side, act)
        case .setVersion(let version):
            return await run(["config", "platform", "set", "version=\(version.tag)"], .new, act)
        case .setProxyProtocol(let isOn?):
            return await run(["config", "router", "set", "proxyProtocol=\(isOn ? 1 : 0)"], .new, act)
        case .setProxyProtocol(nil): return await run(["config", "router", "rm", "proxyProtocol"], .new, act)
        case .upgradePrep(let isStateless):
            return await run(["upgrade-prep"] + (isStateless ? ["--stateless"] : []), .old, act)
        case .upgradeTakeover(let isStateless):
            return await run(["upgrade-takeover"] + (isStateless ? ["--stateless"] : []), .new, act)
        case .renew(let units): return await renew(units, act)
        case .revert(let version, let units): return await revert(to: version, units, act)
        case .quietPublisher(let side): return await quietPublisher(side, act)
        case .releaseAddresses: return await addresses.release()
        }
    }

    /// Runs a command of deisctl's. A failure on the way is no refusal, as the command may have been heard.
    func run(_ arguments: [String], _ side: DeisctlSide, _ act: PlatformAct) async -> Answer {
        await run(arguments, side, act, keeping: [])
    }

    /// - Parameter keys: the addresses that the host keeps in etcd meanwhile, also where turnstile is gone.
    private func run(
        _ arguments: [String], _ side: DeisctlSide, _ act: PlatformAct, keeping keys: [ServiceKey]
    ) async -> Answer {
        guard let runner = runners[side] else {
            return .refused([.deisctlUnusable(side: side, why: "none was named")])
        }
        let words = arguments
        let outcome = await reading.askedOnce { host throws(HostFault) in
            let place = try await reading.own.place(on: host)
            let asking = keys.isEmpty ? nil : try addresses.requests(at: place, keeping: keys)
            return try await runner.run(
                ["--endpoint=\(place.url)"] + words, on: host, within: act.commandTime, asking: asking)
        }
        switch outcome {
        case .unknown(let why): return .unheard(why: why)
        case .seen(let outcome):
            let refusal = outcome.said.complaints.first(where: Self.isRefusal)
            return refusal.map { .refused([.deisctlRefused(said: $0)]) } ?? .heard
        }
    }

    /// True for a complaint with which deisctl says that it has done nothing.
    private static func isRefusal(_ complaint: String) -> Bool {
        [
            "Error creating: Could not find unit template", "Found no matching command",
            "Error: failed initializing",
        ]
        .contains { complaint.contains($0) }
    }

    /// Renews units that are old, absent or idle. `install` is never used for a unit that is to run, as it
    /// would stop that unit.
    private func renew(_ units: [PlatformUnit], _ act: PlatformAct) async -> Answer {
        guard let jobs = await reading.facts(.keys).jobs.value else {
            return .refused([
                .platformUnreadable(part: "fleet's list of units", why: "no host could be asked")
            ])
        }
        let old = units.filter { jobs.job(of: $0).map { !baseline.isRenewed($0) } ?? false }
        let absent = old + units.filter { jobs.job(of: $0) == nil }
        let idle = absent + units.filter { jobs.job(of: $0).map { $0.goal != .launched } ?? false }
        let idleOnce = units.filter(idle.contains)
        for (verb, targets) in [("stop", old), ("uninstall", old), ("install", absent), ("start", idleOnce)]
        where !targets.isEmpty {
            let answer = await run([verb] + targets.map(\.target), .new, act)
            guard answer == .heard else { return answer }
        }
        return .heard
    }

    private func revert(to version: PlatformVersion, _ units: [PlatformUnit], _ act: PlatformAct) async
        -> Answer
    {
        let set = await run(["config", "platform", "set", "version=\(version.tag)"], .old, act)
        guard set == .heard else { return set }
        return await run(["start"] + units.map(\.target), .old, act)
    }

    /// Stops the publisher, and keeps addresses from before that until it has stopped. The addresses that
    /// the publisher writes last would run out in 20 s. The host of deisctl keeps them as well, as nobody
    /// else does where turnstile dies meanwhile.
    private func quietPublisher(_ side: DeisctlSide, _ act: PlatformAct) async -> Answer {
        let first = await addresses.hold()
        guard first == .heard else { return first }
        let keys = await addresses.keys()
        return await withTaskGroup(of: Answer?.self) { group in
            group.addTask {
                await run(["stop", PlatformComponent.publisher.rawValue], side, act, keeping: keys)
            }
            group.addTask {
                await addresses.holdUntilCancelled()
                return nil
            }
            var answer = Answer.heard
            while let next = await group.next() {
                guard let next else { break }
                answer = next
                group.cancelAll()
            }
            // The publisher may have written addresses in its last moments.
            let last = await addresses.hold()
            return answer == .heard ? last : answer
        }
    }
}
