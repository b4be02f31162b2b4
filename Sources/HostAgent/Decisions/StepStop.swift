import AgentProtocol

/// Why a verb ends without what it was asked for.
enum StepStop: Error, Hashable {
    case refused(Refusal)
    case failed(StepFailure)

    static func refused(_ reason: Refusal.Reason, _ message: String) -> StepStop {
        .refused(Refusal(reason: reason, message: message))
    }

    static func failed(_ reason: StepFailure.Reason, _ message: String) -> StepStop {
        .failed(StepFailure(reason: reason, message: message))
    }

    var message: AgentMessage {
        switch self {
        case .refused(let refusal): .refused(refusal)
        case .failed(let failure): .failed(failure)
        }
    }

    func ending<Answer: VerbAnswer>() -> VerbEnding<Answer> {
        switch self {
        case .refused(let refusal): .refused(refusal)
        case .failed(let failure): .failed(failure)
        }
    }

    /// Turns any error of the host's side into the answer for the caller.
    init(_ error: any Error) {
        switch error {
        case let stop as StepStop: self = stop
        case let fault as HostFault:
            if case .lockHeld = fault {
                self = .failed(.deadlinePassed, String(describing: fault))
            } else {
                self = .failed(.hostFault, String(describing: fault))
            }
        case let engine as EngineUnavailable: self = .failed(.engineUnavailable, String(describing: engine))
        case let record as RecordStoreError:
            if case .formatUnknown = record {
                self = .refused(.protocolUnsupported, String(describing: record))
            } else {
                self = .failed(.hostFault, String(describing: record))
            }
        default: self = .failed(.hostFault, String(describing: error))
        }
    }
}
