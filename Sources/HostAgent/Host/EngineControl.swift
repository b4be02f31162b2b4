import AgentProtocol
import HostFiles

/// update-engine.service and its client.
struct EngineControl: Sendable {
    static let unit = "update-engine.service"

    var effects: HostEffects

    private var guardrail: EngineGuard { EngineGuard(effects: effects) }

    // MARK: What it is

    func state() async throws(HostFault) -> SystemdUnitState {
        try await HostReader(effects: effects).state(of: Self.unit)
    }

    /// Only of a running engine: the client waits 30 s for one that is not there (facts 0.35).
    func status() async throws(HostFault) -> EngineStatus {
        let command = HostCommand("update_engine_client", ["-status"], allowed: .seconds(45))
        let output = try await effects.succeed(command).output
        return try understood(command.description) { () throws(MalformedText) in try EngineStatus(output) }
    }

    // MARK: Starting

    /// Unmasks and starts the unit, and masks it again at once: running, it goes on (facts 0.35), and a host that loses
    /// its power finds it masked.
    ///
    /// - Throws: `EngineUnavailable` when it does not run afterwards.
    func start() async throws {
        let found = try await state()
        guard found.exists else { throw EngineUnavailable(reason: "systemd knows no such unit") }
        if !found.isActive {
            try guardrail.raise()
            // Unmasking makes systemd read its files anew; without a mask that has to be asked for.
            if found.isMasked { try await unmask(found) } else { try await guardrail.reload() }
            try await run()
        }
        if !found.isActive || !found.isMaskedForGood { try await systemctl("mask") }
        try await guardrail.lower()
    }

    private func run() async throws {
        try await systemctl("start")
        let state = try await state()
        guard state.isActive else {
            let skipped =
                state.conditionHeld == false ? "; systemd skipped it, as a condition did not hold" : ""
            throw EngineUnavailable(reason: "after its start it is \(state.activeState)\(skipped)")
        }
    }

    private func unmask(_ found: SystemdUnitState) async throws {
        guard found.isMasked else { return }
        try await systemctl("unmask")
        // A mask for this boot lies elsewhere and stays.
        if try await state().isMaskedForThisBootOnly { try await systemctl("unmask", "--runtime") }
    }

    // MARK: Resting

    /// Stops the unit and leaves nothing failed behind (facts 0.34).
    ///
    /// - Returns: what it is then.
    @discardableResult
    func stop() async throws -> SystemdUnitState {
        var state = try await state()
        if !state.isAtRest {
            try await halt()
            state = try await self.state()
        }
        if state.isFailed {
            if await !systemdTook(.resetFailed(Self.unit)) { try await systemctl("reset-failed") }
            state = try await self.state()
        }
        guard state.isAtRest, !state.isFailed else {
            throw EngineUnavailable(reason: "after its stop it is \(state.activeState)")
        }
        return state
    }

    /// systemd is told itself, without a process, as a host waits for this with its proof in hand. systemctl is where that
    /// does not lead to rest.
    private func halt() async throws {
        let end = effects.now() + Self.stopAllowed
        guard await systemdTook(.stop(Self.unit)) else { return try await systemctl("stop") }
        while effects.now() < end {
            if try await state().isAtRest { return }
            await effects.sleep(Self.stopPoll)
        }
        try await systemctl("stop")
    }

    private static let stopAllowed = Duration.seconds(30)
    private static let stopPoll = Duration.milliseconds(3)

    /// - Returns: false where systemd does not answer itself, or refuses: systemctl tells the reason.
    private func systemdTook(_ order: SystemdInquiry<Void>) async -> Bool {
        guard let answers = await effects.askSystemd(order.calls, { _ in [] }) else { return false }
        return (try? order.value(of: answers[...])) != nil
    }

    /// Stopped, clean and masked: the state between the steps, whatever was found.
    func rest() async throws {
        var state = try await stop()
        // Masking would make a unit of one that is not there; and one for this boot only is gone in the next.
        if state.exists, !state.isMaskedForGood {
            try await systemctl("mask")
            state = try await self.state()
        }
        guard state.isMasked || !state.exists, state.isAtRest else {
            throw EngineUnavailable(
                reason: "after its mask it is \(state.loadState) and \(state.activeState)")
        }
        try await guardrail.lower()
    }

    /// True if a crash, or cloud-init, left the engine unmasked, or still under our guard.
    func isLeftBehind() async throws -> Bool {
        if try guardrail.isUp() { return true }
        return try await !state().isMasked
    }

    /// The state a finished step leaves: masked, or as the host was found.
    func rest(_ rest: EngineRest, found: EngineUnit?) async throws {
        guard rest == .asFound, let found, found.wasUnmasked else { return try await self.rest() }
        try await giveBack(found)
    }

    /// Unmasked as it was found, running or not, and free of our guard.
    func giveBack(_ found: EngineUnit) async throws {
        guard found.wasUnmasked else { return try await rest() }
        try await unmask(stop())
        try await guardrail.lower()
        if found.isRunning { try await run() }
    }

    private func systemctl(_ verb: String, _ options: String...) async throws {
        let command = HostCommand("systemctl", [verb] + options + [Self.unit], allowed: .seconds(120))
        let outcome = try await effects.run(command)
        guard outcome.succeeded else {
            throw EngineUnavailable(reason: "systemctl \(verb) says: \(outcome.complaint)")
        }
    }
}

/// systemd did not do with the engine what it was told.
struct EngineUnavailable: Error, Hashable, CustomStringConvertible {
    var reason: String

    var description: String { "cannot control \"\(EngineControl.unit)\": \(reason)" }
}

extension EngineUnit {
    init(_ state: SystemdUnitState) {
        self.init(
            loadState: state.loadState, activeState: state.activeState, unitFileState: state.unitFileState)
    }

    var isMasked: Bool { loadState == "masked" || unitFileState.hasPrefix("masked") }
    /// Found without a mask, so that one which is there now is ours. A unit that was missing was never masked by us.
    var wasUnmasked: Bool { !isMasked && loadState != "not-found" }
    var isRunning: Bool { activeState == "active" || activeState == "activating" }
}

extension EngineReading {
    init(_ status: EngineStatus) {
        self.init(
            operation: status.operation.rawValue, fraction: status.progress, newVersion: status.newVersion,
            lastCheckedTime: status.lastCheckedTime)
    }
}
