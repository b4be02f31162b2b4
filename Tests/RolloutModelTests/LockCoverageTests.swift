import RolloutModel
import Testing

@Suite struct LockCoverageTests {
    static let cases: [(LockCoverage, [HoldReason])] = [
        (LockCoverage(isInEtcd: true, others: [.init(.fleet, ["x"])]), []),
        (LockCoverage(isInEtcd: false), []),
        (LockCoverage(isInEtcd: false, others: [.init(.fleet, []), .init(.etcd, [])]), []),
        (
            LockCoverage(
                isInEtcd: false, others: [.init(.fleet, ["m-c", "m-b"]), .init(.kubernetes, ["node-2"])]),
            [
                .lock(.othersUncovered(others: ["m-b", "m-c"], knownBy: .fleet)),
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
