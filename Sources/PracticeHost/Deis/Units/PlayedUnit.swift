import Synchronization

/// A unit of systemd's, as a thread of this process: `start-pre`, perhaps `start-post`, `running`, and on failure
/// `auto-restart`, as `Restart=on-failure` has it.
final class PlayedUnit: Sendable {
    let name: String
    let hash: String
    private let role: UnitRole
    private let world: HostWorld
    private let predecessor: UnitRun?
    private let onChange: @Sendable (UnitState) -> Void
    private let state = Mutex(State())

    private struct State {
        var shown = UnitState.dead
        var run: UnitRun?
        var isLoaded = true
    }

    /// - Parameter predecessor: a unit of the same name that is on its way out; this one starts after it.
    init(
        name: String, file: FleetUnitFile, world: HostWorld, after predecessor: UnitRun?,
        onChange: @escaping @Sendable (UnitState) -> Void
    ) {
        self.name = name
        hash = file.hashInHex
        role = UnitRole(unit: name, file: file)
        self.world = world
        self.predecessor = predecessor
        self.onChange = onChange
    }

    var report: UnitReport { UnitReport(unit: name, hash: hash, state: state.withLock { $0.shown }) }

    func start() {
        let runs: (UnitRun, UnitRun?)? = state.withLock { state in
            if let run = state.run, !run.stop.isRaised, !run.ended.isRaised { return nil }
            let next = UnitRun()
            defer { state.run = next }
            return (next, state.run ?? predecessor)
        }
        guard let (run, earlier) = runs else { return }
        OwnThread.run { [self] in
            earlier?.ended.wait()
            play(run)
            run.ended.raise()
        }
    }

    func stop() {
        guard let run = state.withLock({ $0.run }), !run.ended.isRaised else { return }
        run.stop.raise()
        show(.stopping, of: run)
    }

    /// Stops the unit, and says nothing more of it.
    ///
    /// - Returns: the run that may still be ending.
    func unload() -> UnitRun? {
        stop()
        return state.withLock { state in
            state.isLoaded = false
            return state.run ?? predecessor
        }
    }

    private func show(_ shown: UnitState, of run: UnitRun) {
        let isNews = state.withLock { state in
            guard state.isLoaded, state.run === run else { return false }
            defer { state.shown = shown }
            return state.shown != shown
        }
        if isNews { onChange(shown) }
    }

    private func play(_ run: UnitRun) {
        while !run.stop.isRaised {
            show(.startPre, of: run)
            guard !run.stop.wait(startTime) else { break }
            guard !role.isOne(of: world.settings().failing) else { return show(.failed, of: run) }
            guard !live(run) else { break }
            show(.autoRestart, of: run)
            run.stop.wait(world.scaled(UnitTimes.restart))
        }
        show(.stopping, of: run)
        StopFlag().wait(world.scaled(role.times.stop))
        show(.dead, of: run)
    }

    private var startTime: Duration {
        let settings = world.settings()
        return settings.scaled(role.times.start) + (settings.slow[role.name] ?? .zero)
    }

    /// Runs the unit's process once.
    ///
    /// - Returns: true if it ended as it was told to; else it failed.
    private func live(_ run: UnitRun) -> Bool {
        guard let image = pulledImage(run), !role.isOne(of: world.settings().restarting),
            let service = try? role.service(world, image: image)
        else { return run.stop.isRaised }
        let process = UnitProcess(service, until: run.stop)
        world.containers.add(.init(name: role.container, image: image, port: service.port))
        defer { world.containers.remove(role.container) }
        while !service.isReady, !process.hasEnded, !run.stop.isRaised {
            show(.startPost, of: run)
            run.stop.wait(max(world.scaled(.seconds(1)), .milliseconds(20)))
        }
        if !run.stop.isRaised, !process.hasEnded { show(.running, of: run) }
        return process.waitForEnd()
    }

    /// nil: the pull failed, or was cut off.
    private func pulledImage(_ run: UnitRun) -> String? {
        let image = role.image(world)
        guard !world.images.has(image) else { return image }
        guard !run.stop.wait(world.scaled(UnitTimes.pull)), !world.settings().pullFails,
            (try? world.images.add(image)) != nil
        else { return nil }
        return image
    }
}

/// A run of a unit, from its start to its end.
final class UnitRun: Sendable {
    let stop = StopFlag()
    let ended = StopFlag()
}

/// A service on a thread of its own.
final class UnitProcess: Sendable {
    private let ended = StopFlag()
    private let isClean = Mutex(true)

    init(_ service: any UnitService, until stop: StopFlag) {
        OwnThread.run { [self] in
            do {
                try service.run(until: stop)
            } catch {
                isClean.withLock { $0 = false }
                StandardError.write("\(type(of: service)): \(error)\n")
            }
            ended.raise()
        }
    }

    var hasEnded: Bool { ended.isRaised }

    /// - Returns: true if it ended without an error.
    func waitForEnd() -> Bool {
        ended.wait()
        return isClean.withLock { $0 }
    }
}
