import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// Whenever a use case waits for a host or a store, it has said what it waits for.
@Suite struct InquiryTests {
    /// The questions that were put while nothing was said.
    private final class Witness: Sendable {
        private let state = Mutex((said: false, unsaid: [String](), heard: 0))

        func hears(_ notice: Notice) {
            state.withLock { state in
                switch notice {
                case .asking, .watching, .taking, .lettingGo, .course: state.said = true
                case .settled, .driven: state.said = false
                default: break
                }
            }
        }

        func isAsked(_ question: String) {
            state.withLock { state in
                state.heard += 1
                if !state.said { state.unsaid.append(question) }
            }
        }

        var unsaid: [String] { state.withLock { $0.unsaid } }
        var heard: Int { state.withLock { $0.heard } }
    }

    private let cluster = FakeCluster()
    private let store = FakeLockStore()

    private func access(_ witness: Witness) -> HostAccess {
        let real = cluster.access
        var access = real
        access.report = { host throws(HostFault) in
            witness.isAsked("report of \(host)")
            return try await real.report(host)
        }
        access.etcd = { host throws(HostFault) in
            witness.isAsked("etcd through \(host)")
            return try await real.etcd(host)
        }
        access.seat = { host throws(HostFault) in
            witness.isAsked("seat of \(host)")
            return try await real.seat(host)
        }
        access.claim = { host, request throws(HostFault) in
            witness.isAsked("claim on \(host)")
            return try await real.claim(host, request)
        }
        access.release = { host, request throws(HostFault) in
            witness.isAsked("release of \(host)")
            return try await real.release(host, request)
        }
        return access
    }

    private func lockStore(_ witness: Witness) -> LockStore {
        let real = store.store
        return LockStore(
            read: { () throws(LockFault) in
                witness.isAsked("the store")
                return try await real.read()
            },
            swap: { lock, revision throws(LockFault) in
                witness.isAsked("a swap in the store")
                return try await real.swap(lock, revision)
            })
    }

    private func useCases(_ witness: Witness, _ journals: JournalStore) -> UseCases {
        let ports = RolloutPorts(
            cluster: { hosts in
                let access = access(witness)
                return ClusterPorts(
                    hosts: hosts, access: access, store: lockStore(witness), semaphores: nil, nodes: nil,
                    operatorGates: .none,
                    roll: {
                        witness.isAsked("the roll")
                        return await .reports(of: hosts, access: access)
                    },
                    arrange: { _, _ in
                        witness.isAsked("the order")
                        return .listed(hosts)
                    },
                    neighbours: { _ in
                        witness.isAsked("the neighbours")
                        return []
                    }, close: {})
            },
            journals: journals, clock: cluster.clock, timeOfDay: { "2026-11-24T07:12:05Z" },
            operatorName: "ann@desk")
        let settings = RolloutSettings(
            gates: RolloutDriverTests.settings, interval: .seconds(1), timeouts: RolloutDriverTests.timeouts,
            mark: ConfigurationMark(digest: ""))
        let decider = Decider(
            requirePresence: {}, allows: { _ in true }, lossReason: { _, _ in "it burnt" })
        return UseCases(ports: ports, settings: settings, decider: decider, tell: { witness.hears($0) })
    }

    @Test func everyWaitWasToldBefore() async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("inquiries-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let journals = JournalDirectory(path: place.path).store
        var draft = UseCaseTests.draft(of: cluster.ids)
        draft.stopAfter = 1
        let courses: [(String, (UseCases) async throws -> Void)] = [
            ("plan", { [draft] in _ = try await $0.plan(draft) }),
            ("upgrade", { [draft] in _ = try await $0.upgrade(draft) }),
            ("rollback", { [draft] in _ = try await $0.rollBack(HostID("a"), draft) }),
            (
                "lose",
                { useCases in
                    cluster.change("c") { $0.isUnreachable = true }
                    _ = try await useCases.lose(HostID("c"))
                }
            ),
            ("resume", { _ = try await $0.resume(nil, ResumeWish(retryReverted: true)) }),
            ("abandon", { _ = try await $0.abandon(nil) }),
            ("unlock", { _ = try await $0.unlock(RolloutID("r-1"), hosts: cluster.ids) }),
            ("reset", { _ = try await $0.resetTokens(hosts: cluster.ids) }),
        ]
        for (name, course) in courses {
            let witness = Witness()
            // A refusal is an end, too: the questions before it count, where it needed any.
            var isRefused = false
            do { try await course(useCases(witness, journals)) } catch is CommandRefusal { isRefused = true }
            #expect(witness.heard > 0 || isRefused, "\(name)")
            #expect(witness.unsaid == [], "\(name)")
        }
    }
}
