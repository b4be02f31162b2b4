import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// Every kind of fault that a host of its own can have, one after the other.
    ///
    /// units/FAULTS.md says the same for people: fault, answer, how the host is left, what to do.
    @Test(.timeLimit(.minutes(30))) func everyFaultHasItsAnswer() async throws {
        // Three hosts that know nothing of each other: most of it is waiting.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for table in [StageFault.ofUpdates, StageFault.ofHosts] {
                group.addTask {
                    try await FaultCourse.with { course in
                        for fault in table { try await course.stage(fault) }
                    }
                }
            }
            group.addTask {
                try await FaultCourse.with { course in
                    try await course.journalIsRotatedMeanwhile()
                    try await course.diskFillsMeanwhile()
                    try await course.clockJumpsMeanwhile()
                    try await course.diskFailsBeforeGivingBack()
                    try await course.revert()
                    try await course.noBootPartitionWrite()
                    try await course.commit()
                    try await course.upgrade(to: "1409.8.0", with: "journald-none", reachesBack: false)
                    try await course.upgrade(to: "1409.9.0", with: "journald-volatile", reachesBack: true)
                }
            }
            try await group.waitForAll()
        }
    }
}
