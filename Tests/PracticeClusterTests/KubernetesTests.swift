import Foundation
import KubernetesAPI
import Testing

extension PracticeClusterTests {
    /// Flatcar hosts that are nodes of Kubernetes: each drained before its reboot, waited for in its new boot, and let go;
    /// also where the turnstile is killed in the midst of it. Somebody's own cordon is still there at the end. The operator may do
    /// nothing at first, and then what doctor has an administrator type.
    @Test(.timeLimit(.minutes(20))) func nodesAreDrainedBeforeTheirHostsGo() async throws {
        try await PracticeCluster.with(["--distro", "flatcar"]) { cluster in
            let address = try cluster.bridgeAddress
            try await KubernetesAPI.with(Self.scenario, on: address) { api in
                try await cluster.joinKubernetes(api)
                #expect(try await cluster.kubectl(api, ["cordon", "node-3"]).status == 0)
                try await mendPermissions(cluster, api)

                let laptop = Operator(cluster: cluster, machine: "laptop")
                let plan = try await laptop.turnstile(["plan"])
                #expect(plan.status == 0, "\(plan)")
                #expect(plan.output.contains("Nodes: practice-1 is node-1, practice-2 is node-2"), "\(plan)")
                #expect(plan.output.contains("Cordoned already, and left so: node-3"), "\(plan)")

                try await laptop.kill(
                    ["upgrade", "--yes"], when: .intent("evacuate", "practice-2"),
                    after: .milliseconds(700))
                // A way back asks first, and nobody is there.
                let back = try await laptop.turnstile(["rollback", "practice-1"])
                #expect(back.status == 64 && back.errors.contains("rollback practice-1 --yes"), "\(back)")
                let resume = try await laptop.turnstile(["resume"])
                #expect(resume.status == 0, "\(resume)")

                let versions = try await HostEvidence.readAll(cluster).mapValues(\.version)
                #expect(Set(versions.values) == ["3510.2.0"])
                let nodes = try await cluster.kubectl(
                    api, ["get", "nodes", "-o", "jsonpath={.items[*].spec.unschedulable}"])
                #expect(nodes.output == "true", "node-3 alone: \(nodes)")
                expectOneNodeAtATime(api.log)
            }
        }
    }

    private func mendPermissions(_ cluster: PracticeCluster, _ api: KubernetesAPI) async throws {
        let patient = try Patient(cluster)
        let found = try await patient.doctor()
        #expect(found.faults == ["kubernetes"], "\(found)")
        #expect(
            found.text.contains("not allowed: list nodes, patch nodes, list pods, evict pods"), "\(found)")
        try await patient.heal(found) { line in
            "export KUBECONFIG=\(api.kubeconfig); \(line.replacing("--user=USER", with: "--user=ann"))"
        }
        let healed = try await patient.doctor()
        #expect(healed.faults == [] && healed.text.contains("all that a drain takes is allowed"), "\(healed)")
    }

    /// A budget refuses at first; pods of DaemonSets and mirror pods are there to stay.
    private static let scenario = KubernetesAPI.Scenario(
        kubelets: [], nodes: [],
        pods: [
            .init(name: "web-0", node: "node-1", labels: ["app": "web"]),
            .init(name: "free-0", node: "node-2"),
            .init(namespace: "kube-system", name: "proxy-0", node: "node-1", owner: "DaemonSet"),
            .init(namespace: "kube-system", name: "api-node-2", node: "node-2", owner: nil, mirror: true),
        ], budgets: [.init(name: "web", labels: ["app": "web"], refusals: 2)], users: ["ann"])

    private func expectOneNodeAtATime(_ log: [String]) {
        let kinds = ["patch ", "evict ", "ClusterRole ", "ClusterRoleBinding "]
        #expect(
            log.allSatisfy { line in kinds.contains(where: line.hasPrefix) }, "nothing deleted: \(log)")
        let writes = log.filter { $0.hasPrefix("patch") && $0.contains("turnstile/rollout") }.map { line in
            "\(line.contains("\"unschedulable\": true") ? "cordon" : "uncordon") \(line.split(separator: " ")[1])"
        }
        #expect(writes == ["cordon node-1", "uncordon node-1", "cordon node-2", "uncordon node-2"], "\(log)")
        #expect(log.contains("evict default/web-0: refused by web") && log.contains("evict default/web-0"))
        #expect(!log.contains { $0.contains("proxy-0") || $0.contains("api-node-2") })
    }
}

extension PracticeCluster {
    /// Where hosts reach this machine.
    fileprivate var bridgeAddress: String {
        get throws {
            let text = try String(contentsOfFile: configPath, encoding: .utf8)
            guard let match = text.firstMatch(of: /address: (\d+\.\d+\.\d+)\.\d+/) else {
                throw Failure(what: "no address in \(configPath)")
            }
            return "\(match.1).1"
        }
    }

    fileprivate func kubectl(_ api: KubernetesAPI, _ words: [String]) async throws -> Outcome {
        try await run("/usr/bin/env", ["kubectl", "--kubeconfig", api.kubeconfig] + words)
    }

    /// A kubelet on every host, and the gate in the configuration, for a user.
    fileprivate func joinKubernetes(_ api: KubernetesAPI) async throws {
        for (index, host) in names.enumerated() {
            try await onHost(host, Self.kubelet(node: "node-\(index + 1)", url: try api.url))
        }
        let text = try String(contentsOfFile: configPath, encoding: .utf8)
        let gate =
            "gates:\n  kubernetes: {enabled: true, kubeconfig: \(api.kubeconfig(of: "ann")), drain-timeout: 60s}\n"
        try text.replacingOccurrences(of: "gates:\n", with: gate).write(
            toFile: configPath, atomically: true, encoding: .utf8)
        try await until("every host to be a node") {
            let nodes = try await kubectl(api, ["get", "nodes", "-o", "name"])
            return nodes.output.split(separator: "\n").count == names.count ? () : nil
        }
    }

    /// As much of a kubelet as tells of its host: its machine-id and boot, that it is ready, and its lease.
    private static func kubelet(node: String, url: String) -> String {
        """
        set -e
        cat >/usr/local/bin/kubelet <<'END'
        #!/bin/sh
        call() { curl --silent --insecure --max-time 5 --header 'Authorization: Bearer practice-token' "$@" >/dev/null; }
        while :; do
          status="{\\"status\\": {\\"nodeInfo\\": {\\"machineID\\": \\"$(cat /etc/machine-id)\\",
            \\"bootID\\": \\"$(cat /proc/sys/kernel/random/boot_id)\\"},
            \\"conditions\\": [{\\"type\\": \\"Ready\\", \\"status\\": \\"True\\"}]}}"
          call --request PATCH --header 'Content-Type: application/strategic-merge-patch+json' --data "$status" \
            \(url)/api/v1/nodes/\(node)/status
          call --request PUT --header 'Content-Type: application/json' --data '{}' \
            \(url)/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/\(node)
          sleep 1
        done
        END
        chmod 0755 /usr/local/bin/kubelet
        printf '[Service]\\nExecStart=/usr/local/bin/kubelet\\nRestart=always\\n[Install]\\nWantedBy=multi-user.target\\n' \
          >/etc/systemd/system/kubelet.service
        systemctl enable --quiet --now kubelet.service
        """
    }
}
