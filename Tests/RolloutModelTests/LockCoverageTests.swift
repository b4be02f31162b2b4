import RolloutModel
import Testing

@Suite struct LockCoverageTests {
    static let cases: [(LockCoverage, [HoldReason])] = [
        (LockCoverage(isInEtcd: true, others: [.init(.fleet, .seen(["x"]))]), []),
        (LockCoverage(isInEtcd: false), []),
        (LockCoverage(isInEtcd: false, others: [.init(.fleet, .seen([])), .init(.etcd, .seen([]))]), []),
        (LockCoverage(isInEtcd: true, others: [.init(.fleet, .unknown("no route"))]), []),
        (
            LockCoverage(
                isInEtcd: false,
                others: [
                    .init(.fleet, .seen(["m-c", "m-b"])), .init(.etcd, .unknown("no route")),
                    .init(.kubernetes, .seen(["node-2"])),
                ]),
            [
                .lock(.othersUncovered(others: ["m-b", "m-c"], knownBy: .fleet)),
                .lock(.othersUnknown(source: .etcd, why: "no route")),
                .lock(.othersUncovered(others: ["node-2"], knownBy: .kubernetes)),
            ]
        ),
    ]

    /// Kept in etcd it covers whoever is not named, too: a rollout of some of a cluster's hosts is nothing odd.
    @Test(arguments: cases.indices) func whatTheLockDoesNotReachHolds(index: Int) {
        let (coverage, reasons) = Self.cases[index]
        #expect(coverage.reasons == reasons)
        #expect((coverage.sentence == nil) == coverage.isInEtcd)
        #expect(reasons.allSatisfy { $0.overridableGate == .others })
    }
}
