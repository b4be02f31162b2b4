import Foundation
import KubernetesAPI
import RolloutModel
import Rollouts
import Testing

@testable import Settings
@testable import TurnstileCommands

/// kubectl itself, against an API server that refuses as a real one does.
@Suite struct KubectlTests {
    typealias API = KubernetesAPI

    static let rollout = RolloutID("r-20261126-010203-abcd")
    static let pods: [API.Pod] = [
        .init(name: "web-0", labels: ["app": "web"]), .init(name: "free-0"),
        .init(namespace: "kube-system", name: "proxy-0", owner: "DaemonSet"),
        .init(namespace: "kube-system", name: "api-n1", owner: nil, mirror: true),
    ]

    private func node(_ name: String, _ access: NodeAccess) async throws -> NodeFacts {
        try #require(try await access.nodes().first { $0.name == name })
    }

    @Test func nodesAreReadWithTheirLeases() async throws {
        try await API.with(.init()) { api in
            let access = NodeAccess.live(api.settings())
            let first = try await access.nodes()
            #expect(first.map(\.name) == ["n1", "n2"] && first.map(\.machine.rawValue) == ["m-a", "m-b"])
            #expect(first.allSatisfy { $0.unready == nil && !$0.isCordoned && $0.cordonedBy == nil })
            try await Task.sleep(for: .seconds(3))
            let second = try await access.nodes()
            #expect(first.map(\.renewal) != second.map(\.renewal), "its kubelet renews the lease")
        }
    }

    /// The node is cordoned and marked in one write, drained though a budget refuses at first, and uncordoned; no pod
    /// is deleted.
    @Test func aNodeIsDrainedAndServesAgain() async throws {
        let budget = API.Budget(name: "web", labels: ["app": "web"], refusals: 2)
        try await API.with(.init(pods: Self.pods, budgets: [budget])) { api in
            let access = NodeAccess.live(api.settings())
            try await access.cordon(try await node("n1", access), Self.rollout)
            let cordoned = try await node("n1", access)
            #expect(cordoned.isCordoned && cordoned.cordonedBy == Self.rollout)
            guard case .drained(let evicted) = try await access.drain("n1") else {
                Issue.record("it is not drained")
                return
            }
            #expect(evicted.sorted() == ["free-0", "web-0"])
            try await access.uncordon(try await node("n1", access))
            let after = try await node("n1", access)
            #expect(!after.isCordoned && after.cordonedBy == nil)
            let refused = "evict default/web-0: refused by web"
            #expect(api.log.filter { $0 == refused }.count == 2)
            #expect(
                Set(api.log.filter { !$0.hasPrefix("patch") })
                    == [refused, "evict default/web-0", "evict default/free-0"])
        }
    }

    /// The hold names the pods and budgets in the way, and kubectl's message.
    @Test func aDrainThatABudgetNeverAllowsSaysWhy() async throws {
        let budgets = [
            API.Budget(name: "web", labels: ["app": "web"], refusals: -1),
            API.Budget(name: "other", labels: ["app": "other"], refusals: -1),
        ]
        try await API.with(.init(pods: Self.pods, budgets: budgets)) { api in
            let access = NodeAccess.live(api.settings(drainTimeout: .seconds(3)))
            guard case .blocked(let pods, let budgets, let said) = try await access.drain("n1") else {
                Issue.record("it is not blocked")
                return
            }
            #expect(pods == ["default/web-0"] && budgets == ["default/web"])
            #expect(said.contains("global timeout reached: 3s"), "\(said)")
        }
    }

    /// Pods that a drain would lose are not evicted, and waiting does not mend that.
    @Test func podsThatADrainWouldLoseHold() async throws {
        let pods = [API.Pod(name: "cache-0", emptydir: true), API.Pod(name: "lone-0", owner: nil)]
        try await API.with(.init(pods: pods)) { api in
            let access = NodeAccess.live(api.settings())
            let objection = try await access.drainObjection("n1")
            #expect(
                objection?.contains("default/cache-0") == true
                    && objection?.contains("default/lone-0") == true)
            #expect(try await access.drainObjection("n2") == nil)
            #expect(api.log.isEmpty)
            guard case .blocked(let pods, let budgets, let said) = try await access.drain("n1") else {
                Issue.record("it is not blocked")
                return
            }
            #expect(pods == ["default/cache-0", "default/lone-0"] && budgets == [])
            #expect(said.contains("--delete-emptydir-data") && said.contains("default/lone-0"), "\(said)")
            #expect(api.log.allSatisfy { $0.hasPrefix("patch") })
        }
    }

    @Test func emptyDirDataGoesWhereThatIsSaid() async throws {
        try await API.with(.init(pods: [.init(name: "cache-0", emptydir: true)])) { api in
            let access = NodeAccess.live(api.settings(deletesEmptyDirData: true))
            let ending = try await access.drain("n1")
            #expect(ending == .drained(evicted: ["cache-0"]))
            #expect(api.log.contains("evict default/cache-0"))
        }
    }

    /// `kubectl drain` deletes pods where it cannot evict.
    @Test func whereNothingCanBeEvictedNothingIsDeleted() async throws {
        try await API.with(.init(pods: Self.pods, lacksEviction: true)) { api in
            do throws(NodeFault) {
                _ = try await NodeAccess.live(api.settings()).drain("n1")
                Issue.record("it drained")
            } catch {
                #expect(error.kind == .impossible && error.why.contains("cannot evict"), "\(error)")
            }
            #expect(api.log.isEmpty)
        }
    }

    /// A node that somebody else wrote since it was read is not overwritten.
    @Test func aNodeThatChangedIsNotWritten() async throws {
        try await API.with(.init()) { api in
            let access = NodeAccess.live(api.settings())
            let read = try await node("n1", access)
            try await access.cordon(read, RolloutID("r-other"))
            do throws(NodeFault) {
                try await access.cordon(read, Self.rollout)
                Issue.record("it was written over")
            } catch {
                #expect(error.kind == .changed, "\(error)")
            }
            #expect(try await node("n1", access).cordonedBy == RolloutID("r-other"))
            #expect(try await access.readmitAll(of: Self.rollout) == [])
            #expect(try await access.readmitAll(of: RolloutID("r-other")) == ["n1"])
        }
    }

    /// The error is kubectl's own, without a secret of the kubeconfig.
    @Test func whatCannotBeReachedSaysSo() async throws {
        try await API.with(.init()) { api in
            var settings = api.settings()
            settings.context = "absent"
            do throws(NodeFault) {
                _ = try await NodeAccess.live(settings).nodes()
                Issue.record("it answered")
            } catch {
                #expect(error.why.contains("absent") && !error.why.contains("practice-token"), "\(error)")
            }
            let none = Kubectl(settings: api.settings(), program: "/nonexistent/kubectl")
            do throws(NodeFault) {
                _ = try await none.run(["get", "nodes"])
                Issue.record("it ran")
            } catch {
                #expect(error.why.contains("could not be run"), "\(error)")
            }
        }
    }
}

extension KubernetesAPI {
    fileprivate func settings(
        drainTimeout: Duration = .seconds(60), deletesEmptyDirData: Bool = false
    ) -> KubernetesSettings {
        KubernetesSettings(
            kubeconfig: kubeconfig, context: "practice", drainTimeout: drainTimeout,
            deletesEmptyDirData: deletesEmptyDirData)
    }
}
