/// A rollback step by step: what each event means in each stage, every pair written out. Events that are people's words
/// never come here.
extension HostRollback {
    /// - Returns: nil for an event that cannot follow, with nothing changed.
    mutating func handle(_ event: RolloutMachine.Event) -> ProcedureAnswer? {
        switch stage {
        case .precheck: precheck(event)
        case .rebooting: rebooting(event)
        case .healthCheck(let running): healthCheck(event, running)
        }
    }

    private mutating func precheck(_ event: RolloutMachine.Event) -> ProcedureAnswer? {
        switch event {
        case .gatesOpened: return reboot()
        case .gatesHeld(let reasons): return .done(.stayed(self, reasons, boot: nil))
        case .began, .staged, .nothingOffered, .offerDiffered, .prefetchDoubted, .stepFailed,
            .refusedAsReverted, .returned,
            .notReturned, .rebootNotBegun, .cameUp, .committed, .evacuated, .readmitted, .holdRequested,
            .resumed, .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private mutating func rebooting(_ event: RolloutMachine.Event) -> ProcedureAnswer? {
        switch event {
        case .returned(let boot, let version, let partition):
            guard partition != retreat.partition else {
                let why = "it came back on \(partition) again, in \(version)"
                return .done(.stayed(self, [failed(why)], boot: boot))
            }
            stage = .healthCheck(running: version)
            return .stay
        case .rebootNotBegun(let mayBeUnsent):
            if mayBeUnsent == true { retreat.requests = max(0, retreat.requests - 1) }
            stage = .precheck
            return .stay
        case .notReturned(let waited, let why, let trouble):
            return .hold(retreat.because + [HoldReason(away: host, waited: waited, why: why, trouble)])
        case .stepFailed(let why), .refusedAsReverted(let why):
            return .done(.stayed(self, [failed(why)], boot: nil))
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .prefetchDoubted,
            .committed,
            .cameUp, .evacuated, .readmitted, .holdRequested, .resumed, .rollbackRequested,
            .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private func healthCheck(_ event: RolloutMachine.Event, _ running: Version) -> ProcedureAnswer? {
        switch event {
        case .gatesOpened: .done(.wentBack(self, running: running, []))
        case .gatesHeld(let reasons): .done(.wentBack(self, running: running, reasons))
        case .began, .staged, .nothingOffered, .offerDiffered, .prefetchDoubted, .stepFailed,
            .refusedAsReverted, .returned,
            .notReturned, .rebootNotBegun, .cameUp, .committed, .evacuated, .readmitted, .holdRequested,
            .resumed, .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            nil
        }
    }

    private mutating func reboot() -> ProcedureAnswer {
        guard retreat.requests < RolloutMachine.rebootRequestsMax else {
            let ignored = HoldReason.step(.rebootIgnored(host: host, attempts: retreat.requests))
            retreat.requests = 0
            return .done(.stayed(self, [ignored], boot: nil))
        }
        retreat.requests += 1
        stage = .rebooting
        return .stay
    }

    private func failed(_ why: String) -> HoldReason {
        .step(.stepFailed(host: host, step: .rollback, why: why))
    }
}
