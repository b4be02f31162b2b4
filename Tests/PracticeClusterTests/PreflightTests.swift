import Foundation
import Testing

extension PracticeClusterTests {
    /// Hosts that are not fit for an update, one after another: the plan holds with the reason before anything is
    /// touched, and passes once the fault is repaired.
    @Test func whatIsNotFitIsHeldAndWhatIsMendedPasses() async throws {
        try await PracticeCluster.with { cluster in
            let preflight = Preflight(cluster: cluster)
            let before = try await HostEvidence.readAll(cluster)
            try await preflight.expectOpen()

            // An image that is never updated.
            try await preflight.hold(
                "practice-3", "noupdate", saying: "'practice-3' is not fit for it, by update-engine.service",
                "/usr/.noupdate")

            // There is no space for the next kernel. Where nothing fits at all, no person's word helps.
            try await preflight.hold(
                "practice-2", "disk-full", "boot",
                saying: "'practice-2' has 0.0 MiB left on /boot/coreos", "needs 0.2 MiB",
                inVain: "space='the next one is smaller'")
            try await cluster.fault("practice-2", "disk-full", "state")
            try await preflight.expectHeld(
                ["--override", "space=x"],
                "'practice-2' has 0.0 MiB left on /var/lib/turnstile", "needs 32.0 MiB")
            try await cluster.onHost(
                "practice-2",
                "rm -r /var/lib/turnstile/.full; mount -o remount,size=8m /var/lib/turnstile")
            try await preflight.expectHeld([], "MiB left on /var/lib/turnstile", "needs 32.0 MiB")
            try await preflight.expectOpen(["--override", "space=x"])
            try await cluster.fault("practice-2", "disk-full", off: true)
            try await preflight.expectOpen()

            // A clock that is an hour behind.
            try await preflight.hold(
                "practice-3", "clock-skew", "-3600",
                saying: "the clock of host 'practice-3' is at least 59 min behind that of 'practice-",
                "and 5 s is the most allowed", override: "clock=x")

            // The engine is at work by itself, and then has an update of its own.
            try await cluster.fault("practice-2", "engine-stuck", "DOWNLOADING")
            try await cluster.onHost("practice-2", Self.startUpdate)
            try await preflight.expectHeld(
                "update-engine of host 'practice-2' is at work by itself, at UPDATE_STATUS_DOWNLOADING")
            try await cluster.onHost("practice-2", Self.stopEngine)
            try await cluster.fault("practice-2", "engine-stuck", off: true)
            try await preflight.expectOpen()
            try await cluster.fault("practice-3", "staged-already")
            try await preflight.expectHeld(
                "'practice-3' already has an update applied that waits for a reboot")
            try await cluster.fault("practice-3", "staged-already", off: true)
            try await cluster.onHost("practice-3", Self.attributes("-P 0 -T 0 -S 0"))
            try await preflight.expectOpen()

            // The host went back from an update before the first rollout.
            try await cluster.onHost("practice-2", Self.attributes("-P 1 -T 0 -S 0"))
            try await preflight.expectHeld(
                "'practice-2' went back to its old partition before: USR-B was booted on its one try")
            try await preflight.expectOpen(["--retry-reverted"])
            try await cluster.onHost("practice-2", Self.attributes("-P 0 -T 0 -S 0"))
            try await preflight.expectOpen()

            // Of two partitions with the same priority GRUB boots the first on the disk, which runs: no update is staged.
            try await cluster.onHost("practice-3", Self.samePriority)
            try await preflight.expectOpen()
            let level = try await cluster.turnstile(["audit", "practice-3"])
            #expect(level.status == 0 && !level.output.contains("staged"), "\(level)")
            try await cluster.onHost("practice-3", Self.attributes("-P 0 -T 0 -S 0"))

            // update.conf has the line ends of another system, so the engine reads another group.
            let crlf = "sed -i 's/^GROUP=stable$/GROUP=stable\\r/' /etc/coreos/update.conf"
            try await cluster.onHost("practice-2", crlf)
            try await preflight.expectHeld(
                #"update-engine of host 'practice-2' takes GROUP for ‘stable\r’, as line 2 of "#
                    + "/etc/coreos/update.conf stands")
            let audited = try await cluster.turnstile(["audit", "practice-2"])
            #expect(
                (audited.output + audited.errors).contains(
                    "GROUP=stable, with nothing after it, is what was meant"),
                "\(audited)")
            try await cluster.onHost("practice-2", "sed -i 's/\\r$//' /etc/coreos/update.conf")
            try await preflight.expectOpen()

            // The second copy of the partition table is gone, and cgpt prints a warning beside its answer.
            try await preflight.hold(
                "practice-3", "gpt-damaged", saying: "on host 'practice-3' is damaged in one of its copies",
                "of the GPT header", "cgpt repair /dev/loop")

            // Units that reboot the host by themselves, or leave their cluster at shutdown.
            try await preflight.hold(
                "practice-2", "locksmithd", "reboot", saying: "'practice-2' is not fit for it",
                "REBOOT_STRATEGY=reboot")
            try await preflight.hold(
                "practice-3", "graceful-etcd-shutdown", saying: "'practice-3' is not fit for it",
                "graceful-etcd-shutdown.service is active")

            // The hosts were not touched.
            let after = try await HostEvidence.readAll(cluster)
            for name in cluster.names {
                #expect(after[name]?.bootID == before[name]?.bootID, "\(name)")
                #expect(after[name]?.updateConfiguration == before[name]?.updateConfiguration, "\(name)")
                #expect(after[name]?.engineEnabled == "masked", "\(name)")
            }
        }
    }

    /// A host that differs from the others, then a host that is changed while a rollout is under way: held, overridden
    /// with a reason that is journalled, and upgraded.
    @Test func driftIsHeldAndPassedOverByName() async throws {
        try await PracticeCluster.with { cluster in
            let preflight = Preflight(cluster: cluster)
            let dropIn = "/etc/systemd/system/docker.service.d/50-mtu.conf"
            for name in cluster.names { try await cluster.onHost(name, Self.write("mtu", to: dropIn)) }
            try await preflight.expectOpen()

            try await cluster.onHost("practice-2", Self.write("another", to: dropIn))
            let words = "'practice-2' has other settings than 'practice-1', 'practice-3': \(dropIn) differs"
            try await preflight.expectHeld(words)
            try await preflight.expectOpen(["--override", "drift=practice-2 has another link"])
            try await cluster.onHost("practice-2", Self.write("mtu", to: dropIn))
            try await preflight.expectOpen()

            // The canary is upgraded; then the next host is changed.
            let canary = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(canary.status == 0, "\(canary)")
            try await cluster.onHost("practice-2", Self.write("changed", to: dropIn))
            let held = try await cluster.turnstile(["resume", "--yes"])
            #expect(held.status == 2, "\(held)")
            #expect(
                held.errors.contains(
                    "host 'practice-2' has other settings than when the plan was made: \(dropIn) differs"),
                "\(held)")
            #expect(try await HostEvidence.readAll(cluster)["practice-2"]?.version == "1353.8.0")

            let passed = try await cluster.turnstile([
                "resume", "--yes", "--override", "drift=the mtu was mended",
            ])
            #expect(passed.status == 0, "\(passed)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
            let journal = try String(contentsOfFile: cluster.journalPath(), encoding: .utf8)
            #expect(journal.contains("the mtu was mended"))
        }
    }

    /// The image of 4187 and later ends its update on a host with cgroup v1. The hold comes beforehand, and for all
    /// hosts.
    @Test func cgroupV1IsHeldWhereTheTargetRefusesIt() async throws {
        try await PracticeCluster.with(["--distro", "flatcar", "--from", "4152.2.0", "--offer", "4230.2.0"]) {
            cluster in
            let preflight = Preflight(cluster: cluster)
            for name in cluster.names { try await preflight.boot(name, cgroups: "v2") }
            try await preflight.boot("practice-3", cgroups: "v1")
            // The target is not known yet.
            try await preflight.expectOpen()
            try await preflight.expectHeld(
                ["--to", "4230.2.0"],
                "host 'practice-3' runs cgroup v1, and 4230.2.0 does not go onto such a host")

            // The first host is offered the target: the other hosts are checked again before that host reboots.
            let held = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(held.status == 2 && held.errors.contains("host 'practice-3' runs cgroup v1"), "\(held)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "4152.2.0" })
            // Without the hold, the update would end in this way.
            #expect(
                try await cluster.onHost("practice-3", Self.updateInVain).contains(
                    "does not support cgroupv1 anymore. Aborting the update..."))

            try await preflight.boot("practice-3", cgroups: "v2")
            let resumed = try await cluster.turnstile(["resume", "--yes"])
            #expect(resumed.status == 0, "\(resumed)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "4230.2.0" })
        }
    }

    /// Sets attributes of the partition that does not run.
    private static func attributes(_ values: String) -> String {
        "p=$(rootdev -s /usr); cgpt add -i 4 \(values) ${p%p3}"
    }

    private static let samePriority = """
        p=$(rootdev -s /usr); p=${p%p3}; cgpt add -i 4 -P $(cgpt show -i 3 -P $p) -T 1 -S 0 $p
        """

    private static let startUpdate = """
        systemctl --quiet unmask update-engine; systemctl start update-engine; update_engine_client -check_for_update
        for i in $(seq 600); do
            update_engine_client -status 2>/dev/null | grep -q DOWNLOADING && exit 0; sleep 0.2
        done; exit 1
        """

    private static let stopEngine = """
        systemctl stop update-engine; systemctl --quiet mask update-engine; systemctl reset-failed update-engine
        """

    private static let updateInVain = """
        systemctl --quiet unmask update-engine; systemctl start update-engine
        update_engine_client -update >/dev/null 2>&1; \(stopEngine)
        journalctl -b -u update-engine -o cat -q --no-pager
        """

    private static func write(_ text: String, to path: String) -> String {
        "mkdir -p $(dirname \(path)); printf '# %s\\n' \(text) >\(path)"
    }
}

/// `turnstile plan` on a cluster with a fault.
private struct Preflight {
    let cluster: PracticeCluster

    /// Checks that the plan holds while the fault lasts, and not after it.
    ///
    /// - Parameters:
    ///   - override: the gate with which the fault can be overridden; nil where it cannot.
    ///   - inVain: an override that does not help.
    func hold(
        _ host: String, _ fault: String, _ value: String? = nil, saying words: String...,
        override: String? = nil, inVain: String? = nil
    ) async throws {
        try await cluster.fault(host, fault, value)
        try await expectHeld(inVain.map { ["--override", $0] } ?? [], words)
        if let override { try await expectOpen(["--override", override]) }
        try await cluster.fault(host, fault, off: true)
        try await expectOpen()
    }

    func expectOpen(_ options: [String] = []) async throws {
        var plan = try await cluster.turnstile(["plan"] + options)
        // A repaired host takes time to come back; the gates are asked for 30 s each time.
        for _ in 1...2 where plan.status != 0 { plan = try await cluster.turnstile(["plan"] + options) }
        #expect(plan.status == 0 && plan.errors.contains("Every gate is open."), "\(plan)")
    }

    func expectHeld(_ options: [String] = [], _ words: String...) async throws {
        try await expectHeld(options, words)
    }

    func expectHeld(_ word: String) async throws { try await expectHeld([], [word]) }

    private func expectHeld(_ options: [String], _ words: [String]) async throws {
        let plan = try await cluster.turnstile(["plan"] + options)
        #expect(plan.status == 2, "\(plan)")
        for word in words { #expect(plan.errors.contains(word), "\(plan)") }
    }

    /// Boots a host with this hierarchy of control groups, whichever hierarchy this machine has.
    func boot(_ host: String, cgroups: String) async throws {
        let bootID = try await cluster.bootID(of: host)
        try await cluster.fault(host, "cgroups", cgroups)
        // The boot is a power cut: in a container with cgroup v1 systemd is not told that a session has ended, and
        // waits for its deadlines, minutes in all.
        try await cluster.fault(host, "power-cut")
        try await cluster.fault(host, "power-cut", off: true)
        try await cluster.awaitOtherBoot(of: host, than: bootID)
        let type = try await cluster.onHost(host, "stat -f -c %T /sys/fs/cgroup")
        #expect((type == "cgroup2fs") == (cgroups == "v2"), "\(host): \(type)")
    }
}
