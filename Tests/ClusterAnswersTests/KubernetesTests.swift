import ClusterAnswers
import HostFiles
import Testing

@Suite struct KubernetesTests {
    /// As kubectl prints it, shortened: two nodes, one lease, and a lease of something else by the same name.
    static let list = """
        {"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":""},"items":[
          {"kind":"Node","apiVersion":"v1","metadata":{"name":"core-1.example","resourceVersion":"812",
            "annotations":{"turnstile/rollout":"r-1"}},"spec":{"podCIDR":"10.2.0.0/24","unschedulable":true},
           "status":{"nodeInfo":{"machineID":"75ddf506","bootID":"b-1","kubeletVersion":"v1.31.0"},"conditions":[
             {"type":"MemoryPressure","status":"False"},
             {"type":"Ready","status":"True","reason":"KubeletReady","message":"kubelet is posting ready status"}]}},
          {"kind":"Node","metadata":{"name":"core-2","resourceVersion":"815"},"spec":{},
           "status":{"nodeInfo":{"machineID":"deafcb8a","bootID":"b-2"},"conditions":[
             {"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown","message":"Kubelet stopped\\nposting."}]}},
          {"kind":"Lease","metadata":{"name":"core-1.example","namespace":"kube-node-lease","resourceVersion":"9"},
           "spec":{"renewTime":"2026-11-26T01:00:00.000000Z","holderIdentity":"core-1.example"}},
          {"kind":"Lease","metadata":{"name":"core-2","namespace":"kube-system","resourceVersion":"9"},
           "spec":{"renewTime":"2026-11-26T01:00:00.000000Z"}}]}
        """

    @Test func readsNodesWithTheirLeases() throws {
        let nodes = try KubernetesNodeList(Self.list).nodes
        #expect(nodes.map(\.name) == ["core-1.example", "core-2"])
        #expect(nodes.map(\.machineID) == ["75ddf506", "deafcb8a"] && nodes.map(\.bootID) == ["b-1", "b-2"])
        #expect(nodes.map(\.isCordoned) == [true, false] && nodes.map(\.rollout) == ["r-1", nil])
        #expect(nodes.map(\.renewTime) == ["2026-11-26T01:00:00.000000Z", nil])
        #expect(nodes.map(\.resourceVersion) == ["812", "815"])
        #expect(
            nodes.map(\.unready) == [nil, "Ready is Unknown: NodeStatusUnknown: Kubelet stopped posting."])
    }

    /// A name goes on a command line, and a revision into a patch.
    @Test(arguments: [
        "", "{}", #"{"items":[]}"#,
        #"{"items":[{"kind":"Lease","metadata":{"name":"a","resourceVersion":"1"}}]}"#,
        #"{"items":[{"kind":"Node","metadata":{"name":"--all","resourceVersion":"1"}}]}"#,
        #"{"items":[{"kind":"Node","metadata":{"name":"a b","resourceVersion":"1"}}]}"#,
        #"{"items":[{"kind":"Node","metadata":{"name":"a","resourceVersion":""}}]}"#,
        #"{"items":[{"kind":"Node","metadata":{"name":"a"}}]}"#,
        "error: You must be logged in to the server (Unauthorized)",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try KubernetesNodeList(text) }
    }

    @Test func aNodeThatSaysNothingIsNotReady() throws {
        let node = try KubernetesNodeList(
            #"{"items":[{"kind":"Node","metadata":{"name":"a","resourceVersion":"1"}}]}"#
        ).nodes.first
        #expect(node?.unready == "it has no condition Ready" && node?.machineID == "")
    }

    static let pods = """
        {"items":[
          {"metadata":{"namespace":"default","name":"web-0","labels":{"app":"web","tier":"front"},
            "ownerReferences":[{"kind":"ReplicaSet","controller":true}]},"status":{"phase":"Running"}},
          {"metadata":{"namespace":"kube-system","name":"proxy-0","ownerReferences":[{"kind":"DaemonSet","controller":true}]},
           "status":{"phase":"Running"}},
          {"metadata":{"namespace":"kube-system","name":"old-0","ownerReferences":[{"kind":"DaemonSet","controller":true}]},
           "status":{"phase":"Failed"}},
          {"metadata":{"namespace":"kube-system","name":"api-n1","annotations":{"kubernetes.io/config.mirror":"x"}}},
          {"metadata":{"namespace":"other","name":"web-0","labels":{"app":"web"}}}]}
        """

    /// A drain leaves the pods that `kubectl drain --ignore-daemonsets` leaves: mirror pods, and those of DaemonSets
    /// unless they have ended.
    @Test func tellsWhichPodsADrainLeaves() throws {
        let pods = try KubernetesPodList(Self.pods).pods
        #expect(
            pods.filter { !$0.staysInDrain }.map(\.fullName)
                == ["default/web-0", "kube-system/old-0", "other/web-0"])
    }

    /// A budget's selector and allowance, and whether the budget keeps `default/web-0` from going.
    static let budgets: [(selector: String, allowed: Int, blocks: Bool)] = [
        (#"{"matchLabels":{"app":"web"}}"#, 0, true), (#"{"matchLabels":{"app":"web"}}"#, 1, false),
        (#"{"matchLabels":{"app":"web","tier":"back"}}"#, 0, false), ("{}", 0, true), ("null", 0, false),
        (#"{"matchExpressions":[{"key":"app","operator":"In","values":["api","web"]}]}"#, 0, true),
        (#"{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}"#, 0, false),
        (#"{"matchExpressions":[{"key":"zone","operator":"NotIn","values":["a"]}]}"#, 0, true),
        (#"{"matchExpressions":[{"key":"tier","operator":"Exists"}]}"#, 0, true),
        (#"{"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]}"#, 0, false),
    ]

    @Test(arguments: budgets)
    func namesTheBudgetThatBlocks(selector: String, allowed: Int, blocks: Bool) throws {
        let list = try KubernetesBudgetList(
            """
            {"items":[{"metadata":{"namespace":"default","name":"b"},"spec":{"selector":\(selector)},
            "status":{"disruptionsAllowed":\(allowed)}}]}
            """)
        let pod = try #require(try KubernetesPodList(Self.pods).pods.first)
        #expect(list.blocking([pod]).map(\.fullName) == (blocks ? ["default/b"] : []))
        #expect(list.blocking([]).isEmpty)
    }

    @Test func knowsWhetherADrainWouldDelete() throws {
        let can =
            #"{"resources":[{"name":"pods","kind":"Pod"},{"name":"pods/eviction","group":"policy","version":"v1","kind":"Eviction"}]}"#
        #expect(try KubernetesDiscovery.hasEviction(resources: can))
        #expect(
            try !KubernetesDiscovery.hasEviction(resources: #"{"resources":[{"name":"pods","kind":"Pod"}]}"#))
        #expect(try KubernetesDiscovery.hasPolicy(groups: #"{"groups":[{"name":"apps"},{"name":"policy"}]}"#))
        #expect(try !KubernetesDiscovery.hasPolicy(groups: #"{"groups":[{"name":"apps"}]}"#))
        #expect(throws: MalformedText.self) { try KubernetesDiscovery.hasPolicy(groups: can) }
    }
}
