import AgentProtocol
import HostFiles

/// Makes of many status blocks the few messages worth sending: one a change, one each tenth of a download.
struct ProgressTeller: Hashable, Sendable {
    private var lastOperation: EngineOperation?
    private var lastTenth = 0

    init() {}

    mutating func news(of status: EngineStatus) -> StepProgress? {
        // The reader of status blocks takes fractions from 0 to 1 alone.
        let tenth = Int(exactly: (status.progress * 10).rounded(.down)) ?? 0
        guard status.operation != lastOperation || tenth > lastTenth else { return nil }
        lastOperation = status.operation
        lastTenth = tenth
        let version = status.newVersion.map { " \($0)" } ?? ""
        return switch status.operation {
        case .idle: StepProgress(message: "update-engine is idle")
        case .checkingForUpdate: StepProgress(message: "asking the update server")
        case .updateAvailable: StepProgress(message: "offered\(version)")
        case .downloading: StepProgress(message: "downloading\(version)", fraction: status.progress)
        case .verifying, .finalizing: StepProgress(message: "finishing\(version)")
        case .updatedNeedReboot: StepProgress(message: "applied\(version)", fraction: 1)
        case .reportingErrorEvent: StepProgress(message: "update-engine reports an error")
        }
    }
}
