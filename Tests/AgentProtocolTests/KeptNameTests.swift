import AgentProtocol
import KeptFormats
import Testing

/// All messages and requests, their fields and the names in them are among the kept lines of the present version.
@Suite struct KeptNameTests {
    let messages: [AgentMessage]
    let requests: [any AgentRequest]

    init() throws {
        messages = try KeptLines.present.messages().map { try Wire.decode(AgentMessage.self, line: $0) }
        requests = try KeptLines.present.requests().compactMap {
            try AgentVerb(rawValue: $0)?.request(of: $1)
        }
    }

    @Test func everyMessageIsKept() {
        #expect(missing(messages.map { MessageKind($0) }) == [])
    }

    @Test func everyRequestIsKept() {
        #expect(missing(requests.map { type(of: $0).verb }) == [.report])
    }

    @Test func everyNameIsKept() {
        let names = FoundValues(in: [messages as Any, requests as Any])
        #expect(missing(names.of(Refusal.Reason.self)) == [])
        #expect(missing(names.of(StepFailure.Reason.self)) == [])
        #expect(missing(names.of(HostPhase.self)) == [])
        #expect(missing(names.of(PrefetchDoubt.self)) == [])
        #expect(missing(names.of(AgentVerb.self)) == [])
        #expect(missing(names.of(VersionEvidence.self)) == [])
        #expect(missing(names.of(HostHazard.Kind.self)) == [])
        #expect(missing(names.of(HostSpace.Purpose.self)) == [])
        #expect(missing(names.of(CgroupHierarchy.self)) == [])
        #expect(missing(names.of(EtcdStart.Origin.self)) == [])
        #expect(missing(names.of(CommitMethod.self)) == [])
        #expect(missing(names.of(EngineRest.self)) == [])
    }

    /// A new field is not in any kept line yet.
    @Test(
        arguments: [
            AgentHello.self, StepProgress.self, HostReport.self, StagedUpdate.self, NothingOffered.self,
            OfferDiffers.self, BootMark.self, CommitProof.self, AbandonedHost.self, Claim.self,
            Authority.self,
            Refusal.self, StepFailure.self, AgentState.self, GoalState.self, SeenJournal.self,
            JournalHead.self,
            EngineUnit.self, EngineReading.self, PartitionTable.self, PartitionTable.Partition.self,
            HostHazard.self, HostSpace.self, HostSettings.self, FileDigest.self, HostUnits.self,
            OddSetting.self,
            PartitionContents.self, EtcdStart.self, Unreadable.self, StageRequest.self, RebootRequest.self,
            CommitRequest.self, RollbackRequest.self, AbandonRequest.self, ClaimRequest.self,
            ReleaseRequest.self, PrefetchedUpdate.self, PrefetchDoubted.self, PrefetchState.self,
            PrefetchRequest.self, ArmRequest.self,
        ] as [any Sendable.Type])
    func everyFieldIsKept(type: any Sendable.Type) {
        #expect(FilledFields(in: [messages as Any, requests as Any]).empty(of: type) == [])
    }

    private func missing<Kind: CaseIterable & Hashable>(_ found: [Kind]) -> [Kind] {
        Kind.allCases.filter { !found.contains($0) }
    }
}
