import Foundation
import Testing

extension PracticeClusterTests {
    /// Units of fleet and Deis that ran before must run again, anywhere, before the next host goes. The test plays
    /// fleet's engine, and moves the unit late. The operator's hooks are asked on the hosts on the way.
    @Test func theNextHostWaitsForFleetsUnits() async throws {
        try await PracticeCluster.with { cluster in
            let engine = FleetEngine(cluster: cluster)
            try await engine.launch("web.service", on: "practice-1")
            try await engine.launch("ill.service", on: nil)
            for name in cluster.names {
                try await cluster.onHost(name, "echo DEIS_RELEASE=v1.13.4 >/etc/deis-release")
            }
            try await engine.launch("deis-router@1.service", on: "practice-1")
            try await engine.launch("deis-builder.service", on: "practice-2", sub: "exited")
            try await expectUnknownUnitsArePassedOverByAWord(cluster, engine)

            let hooks = try await HostHooks.installed(cluster)
            try hooks.configure("before-host: {on: host, run: [/opt/bin/check, hang]}, deadline: 2s")
            let hung = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(hung.status == 2, "\(hung)")
            for words in [
                "fleet runs 3 units, which are waited for", "not waited for: ill.service",
                "Deis runs 1 components, which are waited for", "not waited for: deis-builder.service",
                "hooks: your hook 'before-host' on 'practice-1' failed: it did not end within 2 s",
            ] {
                #expect(hung.errors.contains(words), "\(words): \(hung)")
            }
            #expect(
                try await cluster.onHost("practice-1", "! kill -0 $(cat /home/core/child) 2>&1").contains(
                    "No such"))

            try hooks.configure(
                """
                before-host: {on: host, run: [/opt/bin/check, cut, "it's $HOME", "two\\nlines"]}, \
                after-host: {on: practice-3, run: [/opt/bin/check, look]}
                """)
            let first = try await cluster.turnstile(["resume", "--yes"])
            #expect(first.status == 0, "\(first)")
            try await hooks.expectAsked()

            try await engine.lose("web.service")
            try await engine.launch("deis-router@1.service", on: "practice-1", sub: "exited")
            let held = try await cluster.turnstile(["resume", "--yes"])
            #expect(held.status == 2, "\(held)")
            #expect(held.errors.contains("does not run as many of them now: web.service"), "\(held)")
            #expect(held.errors.contains("Deis components are down: deis-router@1.service"), "\(held)")
            #expect(try await HostEvidence.readAll(cluster)["practice-2"]?.version == "1353.8.0")

            try await engine.launch("web.service", on: "practice-3")
            try await engine.launch("deis-router@1.service", on: "practice-1")
            let done = try await cluster.turnstile(["resume", "--yes"])
            #expect(done.status == 0, "\(done)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
        }
    }

    /// fleetctl's output is no list of units, so the units are unknown, and only an override helps.
    private func expectUnknownUnitsArePassedOverByAWord(
        _ cluster: PracticeCluster, _ engine: FleetEngine
    ) async throws {
        try await engine.launch("no-unit", on: nil)
        let held = try await cluster.turnstile(["plan"])
        #expect(held.status == 2 && held.errors.contains("units: what fleet runs cannot be told"), "\(held)")
        #expect(held.errors.contains("--override units='why'"), "\(held)")
        let open = try await cluster.turnstile(["plan", "--override", "units=fleetctl lists nonsense"])
        #expect(
            open.status == 0 && open.output.contains("Passed over: units: fleetctl lists nonsense"), "\(open)"
        )
        try await engine.forget("no-unit")
    }
}

/// A program on every host that the operator's hooks run, and the configuration for it.
private struct HostHooks {
    let cluster: PracticeCluster
    let yaml: String

    static func installed(_ cluster: PracticeCluster) async throws -> HostHooks {
        for name in cluster.names {
            try await cluster.onHost(
                name, "cat >/opt/bin/check <<'PROGRAM'\n\(program)\nPROGRAM\nchmod 0755 /opt/bin/check")
        }
        return HostHooks(
            cluster: cluster, yaml: try String(contentsOfFile: cluster.configPath, encoding: .utf8))
    }

    func configure(_ hooks: String) throws {
        try "\(yaml)hooks: {\(hooks)}\n".write(toFile: cluster.configPath, atomically: true, encoding: .utf8)
    }

    /// `cut` ends its own connection the first time, by killing the sshd of this login.
    private static let program = #"""
        #!/bin/sh
        cd /home/core || exit
        cat >told
        for word in "$@"; do printf "<%s>" "$word"; done >words
        case $1 in
        hang) sleep 600 & echo $! >child; sleep 600 ;;
        cut)
            [ -e cut ] && { echo checked on $(hostname); exit 0; }
            : >cut
            process=$PPID
            while [ "$(cat /proc/$process/comm)" != sshd ]; do
                process=$(cut -d " " -f 4 /proc/$process/stat)
            done
            kill $process
            sleep 600 ;;
        look) echo "$(hostname) looks" ;;
        esac
        """#

    /// Checks that the hook ran on the host it was about, after its connection was cut the first time, and on the named
    /// host.
    func expectAsked() async throws {
        let words = try await cluster.onHost("practice-1", "cat /home/core/words")
        #expect(words == "<cut><it's $HOME><two\nlines>")
        let told = try await cluster.onHost("practice-1", "cat /home/core/told")
        #expect(
            told.contains(#""hook" : "before-host""#) && told.contains(#""host" : "practice-1""#), "\(told)")
        let asked = try await cluster.onHost("practice-3", "cat /home/core/told")
        #expect(
            asked.contains(#""hook" : "after-host""#) && asked.contains(#""host" : "practice-1""#), "\(asked)"
        )
        let rollout = try #require(Self.rollouts(cluster).last)
        let history = try await cluster.turnstile(["history", rollout])
        for words in [
            "your hook 'before-host' on 'practice-1' failed",
            "your hook 'before-host' on 'practice-1' lets through: checked on practice-1",
            "your hook 'after-host' on 'practice-3' lets through: practice-3 looks",
        ] {
            #expect(history.output.contains(words), "\(words): \(history)")
        }
    }

    private static func rollouts(_ cluster: PracticeCluster) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(cluster.directory)/journal")
            .filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(".jsonl".count)) }.sorted()
    }
}

/// Writes the keys that fleet's engine and agents would write.
private struct FleetEngine {
    let cluster: PracticeCluster

    func launch(_ unit: String, on host: String?, sub: String = "running") async throws {
        try await set("job/\(unit)/object", #"{"Name":"\#(unit)"}"#)
        try await set("job/\(unit)/target-state", "launched")
        guard let host else { return }
        let machine = try await cluster.onHost(host, "cat /etc/machine-id")
        try await set(
            "states/\(unit)/\(machine)",
            #"{"loadState":"loaded","activeState":"active","subState":"\#(sub)","machineState":{"ID":"\#(machine)"}}"#
        )
    }

    /// Removes the unit's states: its machine is gone, and the unit is not yet started elsewhere.
    func lose(_ unit: String) async throws {
        try await etcdctl("rm --recursive /_coreos.com/fleet/states/\(unit)")
    }

    /// Destroys the unit.
    func forget(_ unit: String) async throws {
        try await etcdctl("rm --recursive /_coreos.com/fleet/job/\(unit)")
    }

    private func set(_ key: String, _ value: String) async throws {
        try await etcdctl("set /_coreos.com/fleet/\(key) '\(value)'")
    }

    private func etcdctl(_ words: String) async throws {
        _ = try await cluster.onHost("practice-2", "ETCDCTL_API=2 etcdctl \(words) >/dev/null")
    }
}
