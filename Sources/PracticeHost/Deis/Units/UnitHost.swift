import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// `deis-units`: plays, in one process, all units that fleetd loads on this host, as systemd would run them.
///
/// fleetd asks over a socket, and reads the units' states from a file. The process that ends takes all units with it.
final class UnitHost: Sendable {
    private let world: HostWorld
    private let units = Mutex<[String: PlayedUnit]>([:])
    private let leaving = Mutex<[String: UnitRun]>([:])
    private let writing = Mutex(())

    init(world: HostWorld) { self.world = world }

    static func serve() throws -> Int32 {
        let fleet = FleetConfiguration(text: try TextFile.text(of: FleetConfiguration.path) ?? "")
        try TextFile.makeDirectory(UnitHostClient.directory + "/units")
        let world = HostWorld(
            address: fleet.publicIP, containers: ContainerTable(), images: ImageStore(),
            settings: PlatformSettings.ofThisHost)
        let host = UnitHost(world: world)
        host.writeStates()
        let listener = try UnixSocket.listen(at: UnitHostClient.socketPath)
        ServiceNotification.ready()
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { continue }
            // fleetd is the only client, and asks one thing after the other.
            if let line = UnixSocket.readLine(from: connection) {
                UnixSocket.write(host.answer(line), to: connection)
            }
            close(connection)
        }
    }

    func answer(_ line: String) -> String {
        guard let call = UnitCall(line: line) else { return "no such call" }
        let unit = units.withLock { $0[call.unit] }
        switch call.act {
        case .load: return load(call.unit)
        case .start: unit?.start()
        case .stop: unit?.stop()
        case .unload: unload(call.unit)
        }
        return unit == nil && call.act != .unload ? "not loaded" : UnitCall.done
    }

    private func load(_ name: String) -> String {
        guard let text = try? TextFile.text(of: UnitHostClient.path(of: name)) else {
            return "its text is missing"
        }
        let predecessor = leaving.withLock { $0.removeValue(forKey: name) }
        let unit = PlayedUnit(
            name: name, file: FleetUnitFile(text: text), world: world, after: predecessor,
            onChange: { [weak self] _ in self?.writeStates() })
        units.withLock { $0[name] = unit }
        writeStates()
        return UnitCall.done
    }

    private func unload(_ name: String) {
        guard let unit = units.withLock({ $0.removeValue(forKey: name) }) else { return }
        leaving.withLock { $0[name] = unit.unload() }
        writeStates()
    }

    private func writeStates() {
        writing.withLock { _ in
            let reports = units.withLock { $0.values.map(\.report) }.sorted { $0.unit < $1.unit }
            do {
                try TextFile.replace(
                    UnitHostClient.statesPath, with: reports.map { $0.line + "\n" }.joined())
            } catch {
                StandardError.write("deis-units: \(error)\n")
            }
        }
    }
}
