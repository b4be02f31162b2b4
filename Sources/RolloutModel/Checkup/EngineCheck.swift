/// The check that update-engine is there, and rests until a rollout starts it.
public struct EngineCheck: Hashable, Sendable {
    public var host: HostID
    /// nil where systemd knows no such unit, or did not say.
    public var unit: Unit?

    public struct Unit: Hashable, Sendable {
        public var isMasked: Bool
        /// As systemd names it: `active`, `inactive`, `failed`.
        public var activeState: String

        public init(isMasked: Bool, activeState: String) {
            self.isMasked = isMasked
            self.activeState = activeState
        }
    }

    public init(host: HostID, unit: Unit?) {
        self.host = host
        self.unit = unit
    }

    public var finding: Checkup.Finding {
        guard let unit else {
            return .fault(
                .engine, .host(host), "systemd knows no update-engine.service there",
                fix: [
                    """
                    leave the host out where it is neither CoreOS nor Flatcar; else see on '\(host)': \
                    \(run: "systemctl status update-engine", on: host)
                    """
                ])
        }
        let state = ForeignText.line(unit.activeState, charactersMax: 20)
        guard !unit.isMasked || unit.activeState == "active" else {
            return .ok(.engine, .host(host), "masked, \(state)")
        }
        return .warning(
            .engine, .host(host),
            """
            \(unit.isMasked ? "masked" : "not masked"), \(state): it may stage an update by itself, which then holds \
            rollouts
            """,
            fix: [
                "to have it rest until a rollout starts it, on '\(host)':",
                "\(run: "sudo systemctl mask --now update-engine.service", on: host, asRoot: true)",
            ])
    }
}
