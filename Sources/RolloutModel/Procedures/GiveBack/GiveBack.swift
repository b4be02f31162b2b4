/// Hosts are given back as they were found, one after another.
public struct GiveBack: Codable, Hashable, Sendable {
    public internal(set) var waiting: [HostID]
    /// Hosts that could not be, and why; in the order they were asked.
    public internal(set) var failed: [HoldReason]
    var failedHosts: [HostID]

    public init(waiting: [HostID]) {
        self.waiting = waiting
        self.failed = []
        self.failedHosts = []
    }

    var directives: [RolloutMachine.Directive] {
        waiting.first.map { [.record(.abandon(host: $0)), .abandon($0)] } ?? []
    }

    /// - Returns: nil for an event that cannot follow, with nothing changed.
    mutating func handle(_ event: RolloutMachine.Event) -> ProcedureAnswer? {
        switch event {
        case .abandoned(let host, _, _):
            guard host == waiting.first else { return nil }
            return next(failure: nil)
        case .stepFailed(let why), .refusedAsReverted(let why):
            return next { .step(.stepFailed(host: $0, step: .abandon, why: why)) }
        case .cameUp(_, let version, _):
            return next { .step(.notGivenBack(host: $0, running: version)) }
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .prefetchDoubted,
            .returned,
            .notReturned, .rebootNotBegun, .committed, .evacuated, .readmitted, .holdRequested, .resumed,
            .rollbackRequested, .abandonRequested, .lost, .step:
            return nil
        }
    }

    /// The next host to give back, or the end. Hosts that could not be are asked again after a person's word.
    private mutating func next(failure: ((HostID) -> HoldReason)?) -> ProcedureAnswer {
        // Every host may have been declared lost before the rollout began.
        guard !waiting.isEmpty else { return .done(.givenBack) }
        let host = waiting.removeFirst()
        if let failure {
            failed.append(failure(host))
            failedHosts.append(host)
        }
        guard waiting.isEmpty else { return .stay }
        guard !failed.isEmpty else { return .done(.givenBack) }
        let reasons = failed
        self = GiveBack(waiting: failedHosts)
        return .hold(reasons)
    }

    /// The same, for the other hosts.
    func without(_ host: HostID) -> Self {
        var rest = self
        rest.waiting.removeAll { $0 == host }
        rest.failed.removeAll { $0.subject == host }
        rest.failedHosts.removeAll { $0 == host }
        return rest
    }
}
