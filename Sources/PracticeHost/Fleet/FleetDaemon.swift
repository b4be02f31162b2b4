#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// `fleetd`: registers the machine with a TTL, renews it each half TTL, removes it on SIGTERM. A killed fleetd leaves
/// the machine listed until the TTL has passed (facts 0.18). fleetd schedules and runs units if a program plays them.
///
/// Global units that name no text run wherever fleetd does, and it says so with each heartbeat. A stopped fleetd
/// deletes their states of *all* machines, each of which is back with its own machine's next heartbeat (facts 0.48).
struct FleetDaemon {
    var registry = FleetRegistry()
    var jobs = FleetJobs()
    var units = UnitHostClient()

    func run() throws -> Int32 {
        guard let machineID = try TextFile.text(of: "/etc/machine-id")?.trimmedEnd, !machineID.isEmpty else {
            throw Failure.unusable(subject: "/etc/machine-id", found: "", expected: "a machine id")
        }
        let configuration = FleetConfiguration(text: try TextFile.text(of: FleetConfiguration.path) ?? "")
        let machine = FleetRecord(
            id: machineID, publicIP: configuration.publicIP, metadata: configuration.metadata,
            version: Fleetctl.version)
        let signals = ShutdownSignals.held()
        log("INFO fleetd.go:64: Starting fleetd version \(Fleetctl.version)")
        var agent = FleetAgent(
            machine: machine, ttl: configuration.ttl, registry: registry, jobs: jobs,
            units: units)
        var nextHeartbeat = ContinuousClock.now
        while true {
            if ContinuousClock.now >= nextHeartbeat {
                nextHeartbeat = .now + heartbeat(machine, configuration.ttl)
                agent.publishAll()
            }
            var pause = nextHeartbeat - .now
            if units.isThere {
                agent.pass()
                pause = min(pause, FleetAgent.pollInterval)
            }
            guard signals.comeWithin(pause) else { continue }
            agent.purge()
            try? eraseGlobalStates()
            try? registry.remove(id: machineID)  // Without etcd the TTL removes it; fleet too gives up here.
            return 0
        }
    }

    /// - Returns: the time until the next one: half the TTL; sooner when etcd has not answered, or one lost heartbeat would
    ///   be an absence.
    private func heartbeat(_ machine: FleetRecord, _ ttl: Duration) -> Duration {
        do {
            try registry.register(machine, ttl: ttl)
            for unit in try calledGlobal() {
                try jobs.publish(
                    .init(unit: unit, machineID: machine.id, active: "active", sub: "running"), ttl: nil)
            }
            return ttl / 2
        } catch {
            log("ERROR heart.go: Server register machine failed: \(error)")
            return .milliseconds(500)
        }
    }

    private func calledGlobal() throws -> [String] {
        try jobs.jobs().filter { $0.isCalledGlobal && $0.desired == "launched" }.map(\.unit)
    }

    private func eraseGlobalStates() throws {
        for unit in try calledGlobal() { try jobs.eraseStates(of: unit) }
    }

    private func log(_ text: String) { StandardError.write(text + "\n") }
}
