#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// `fleetd`, as far as membership goes: registers the machine with a TTL, renews it each half TTL, removes it on
/// SIGTERM. Killed, it leaves the machine listed until the TTL has passed (facts 0.18).
///
/// Global units run wherever it does, and it says so with each heartbeat. Stopped, it deletes their states of *all* machines,
/// each of which is back with its own machine's next heartbeat (facts 0.48).
struct FleetDaemon {
    var registry = FleetRegistry()
    var jobs = FleetJobs()

    func run() throws -> Int32 {
        guard let machineID = try TextFile.text(of: "/etc/machine-id")?.trimmedEnd, !machineID.isEmpty else {
            throw Failure.unusable(subject: "/etc/machine-id", found: "", expected: "a machine id")
        }
        let configuration = FleetConfiguration(text: try TextFile.text(of: FleetConfiguration.path) ?? "")
        let machine = FleetRecord(
            id: machineID, publicIP: configuration.publicIP, metadata: configuration.metadata,
            version: Fleetctl.version)
        var stop = sigset_t()
        sigemptyset(&stop)
        for signal in [SIGTERM, SIGINT] { sigaddset(&stop, signal) }
        // Held until this takes them, between two heartbeats.
        pthread_sigmask(SIG_BLOCK, &stop, nil)
        log("INFO fleetd.go:64: Starting fleetd version \(Fleetctl.version)")
        while true {
            let registered = heartbeat(machine, configuration.ttlSeconds)
            // Half the TTL; sooner when etcd has not answered, or one lost heartbeat would be an absence.
            var pause = timespec(
                tv_sec: registered ? configuration.ttlSeconds / 2 : 0,
                tv_nsec: registered ? (configuration.ttlSeconds % 2) * 500_000_000 : 500_000_000)
            guard sigtimedwait(&stop, nil, &pause) > 0 else { continue }
            try? eraseGlobalStates()
            try? registry.remove(id: machineID)  // Without etcd the TTL removes it; fleet too gives up here.
            return 0
        }
    }

    private func heartbeat(_ machine: FleetRecord, _ ttlSeconds: Int) -> Bool {
        do {
            try registry.register(machine, ttlSeconds: ttlSeconds)
            for unit in try jobs.globalUnits() { try jobs.publish(unit, on: machine.id) }
            return true
        } catch {
            log("ERROR heart.go: Server register machine failed: \(error)")
            return false
        }
    }

    private func eraseGlobalStates() throws {
        for unit in try jobs.globalUnits() { try jobs.eraseStates(of: unit) }
    }

    private func log(_ text: String) { StandardError.write(text + "\n") }
}
