import RolloutJournal
import RolloutModel

/// A plan with every field filled, and what may become of it.
enum RolloutSample {
    static let (a, b) = (HostID("core-1"), HostID("core-2"))
    static let (old, new) = (Version("1353.8.0"), Version("1409.7.0"))
    static let rollout = RolloutID("r-20261124-071205-4f1c")
    static let member = LostMember(
        id: EtcdMemberID("8e9e05c52164694d"), name: "etcd-1", clusterVersion: "3.3.0")

    static let plan = Plan(
        rollout: rollout,
        hosts: [a, b].map { host in
            PlannedHost(
                id: host, machine: MachineID("machine of \(host)"), version: old,
                settings: .init(
                    userData: ["/var/lib/user_data": "a1"], dropIns: ["/etc/systemd/system/x.conf": "b2"]),
                units: .init(failed: ["sad.service"], starting: ["slow.service"]))
        },
        bystanders: nil, order: .metadata(key: "rack"), target: .pinned(version: new), found: nil,
        group: "stable",
        server: "https://update.example/",
        engineRest: .masked, commit: .engine,
        deadManMinutes: 30, onFailure: .rollback, retryReverted: false, acceptsNoReturn: false,
        movesLeader: true, etcdAfter: "3.3",
        units: FleetUnits(
            active: ["web.service": 2], launched: ["web.service", "down.service"], idle: ["web.service": 1]),
        deis: DeisComponents(running: ["deis-router@1": 1], listed: ["deis-router@1", "deis-store@1"]),
        nodes: [
            PlannedNode(host: a, name: "node-1", isCordoned: false),
            PlannedNode(host: b, name: "node-2", isCordoned: true),
        ],
        overrides: [GateOverride(gate: .units, reason: "the unit is old")], purpose: .upgrade, stopAfter: 5,
        operatorName: "core@bastion", createdAt: "2026-11-24T00:00:00Z")

    /// Journals from their beginning, without the usual entries in between.
    static let journals: [(name: String, events: [RolloutMachine.Event])] = [
        ("an upgrade", upgrade(a, boot: "b-1") + upgrade(b, boot: "b-2")),
        ("one that is held", [.began, .gatesHeld(reasons: held)]),
        ("a step that failed", staging + [.stepFailed(why: "the disk is full")]),
        (
            "a host that reverted",
            rebooting + [.returned(boot: BootID("b-9"), version: old, partition: "USR-A")]
        ),
        (
            "a host that did not return",
            rebooting + [.notReturned(waited: .seconds(900), why: "no route to host")]
        ),
        (
            "one that is lost",
            rebooting + [
                .notReturned(waited: .seconds(900), why: "no route to host"),
                .lost(host: a, why: "its disk burnt", member: member),
            ]
        ),
        ("another offer", staging + [.offerDiffered(offered: Version("1465.8.0"))]),
        ("no offer", staging + [.nothingOffered(running: old)]),
        (
            "a download ahead that is doubted",
            staging + [.prefetchDoubted(doubt: .kernelChanged, why: "/boot/coreos/vmlinuz-b is another")]
        ),
        ("a refusal", staging + [.refusedAsReverted(why: "it went back from 1409.7.0")]),
        (
            "one that is given back",
            staging + [
                .stepFailed(why: "the disk is full"), .abandonRequested,
                .abandoned(host: a, undone: ["update.conf as found"], left: ["GROUP was changed since"]),
            ]
        ),
        (
            "one that goes on",
            [
                .began, .gatesHeld(reasons: held),
                .resumed(
                    retryReverted: true, acceptsNoReturn: true,
                    overrides: [GateOverride(gate: .deis, reason: "not in use")]),
            ]
        ),
    ]

    private static let held: [HoldReason] = [
        .host(.hostUnreadable(host: b, why: "refused", trouble: .sudo)),
        .host(.hostUnsafe(host: a, unit: "fleet.service", message: "it would leave the cluster")),
        .preflight(
            .settingOdd(
                host: a,
                OddSetting(
                    key: "GROUP", value: "stable # x", path: "/etc/update.conf", line: 3, meant: "stable"))),
        .hostUnits(.unitsFailed(host: a, units: ["web.service"], on: nil)),
    ]

    private static let staging: [RolloutMachine.Event] = [.began, .gatesOpened(running: old)]

    private static let rebooting: [RolloutMachine.Event] =
        staging + [
            .staged(version: new, boot: BootID("b-1"), partition: "USR-B", contents: contents),
            .gatesOpened(running: old), .evacuated(node: "node-1", isOurs: true), .gatesOpened(running: old),
        ]

    private static let contents = StagedContents(
        version: new,
        etcd: EtcdSource(unit: "etcd2.service", origin: .own, version: "2.3.7", why: "it says so"),
        why: "flannel has no name", docker: "1.12.6", fleet: "0.11.8", flannel: "0.6.2")

    private static func upgrade(_ host: HostID, boot: String) -> [RolloutMachine.Event] {
        (host == a ? [.began] : []) + [
            .gatesOpened(running: old),
            .staged(version: new, boot: BootID(boot), partition: "USR-B", contents: contents),
            .gatesOpened(running: old),
            .evacuated(node: "node of \(host)", isOurs: true), .gatesOpened(running: old),
            .returned(boot: BootID("next \(boot)"), version: new, partition: "USR-B"),
            .gatesOpened(running: new),
            .committed(version: new), .readmitted(node: "node of \(host)"), .gatesOpened(running: new),
        ]
    }

    /// Taken up from what hosts tell, as its journal was lost; told to reboot once.
    static var takenUp: Plan {
        var plan = plan
        let staged = RolloutMachine.Staged(
            version: new, boot: BootID("b-1"), partition: "USR-B", requests: 1, told: 1, isEvacuated: true)
        plan.found = .init(upgraded: [b], atWork: .staged(a, staged), wentBack: [])
        return plan
    }

    static let takenUpEvents: [RolloutMachine.Event] = [
        .resumed(retryReverted: false), .readmitted(node: "node-1"), .readmitted(node: nil),
        .gatesOpened(running: old),
    ]

    /// With the intents that are due, and what a hook said.
    ///
    /// - Throws: where one of the events cannot follow.
    static func entries(_ events: [RolloutMachine.Event], plan: Plan = plan) throws -> [JournalEntry] {
        var machine = RolloutMachine(plan: plan)
        let word = HookWord(
            hook: .gate, on: a, host: b, checkpoint: .beforeStage, verdict: .hold, output: "not before noon")
        var contents: [JournalEntry.Content] = [
            .opened(
                format: JournalEntry.format, plan: plan, configuration: "d1",
                settings: ["gates.window": "Sat 01:00-05:00"]),
            .attached(
                token: 7, by: "core@bastion",
                with: ConfigurationMark(digest: "d1", settings: ["ssh.user": "core"])),
            .reserving(holder: rollout.rawValue), .said(word),
        ]
        for event in events {
            _ = try machine.handle(event)
            contents.append(.event(event))
            if let intent = machine.intent { contents.append(.intent(intent)) }
        }
        return contents.enumerated().map {
            JournalEntry(
                number: $0 + 1, at: "2026-11-24T07:12:0\($0 % 10)Z", what: $1, evidence: evidence(of: $1))
        }
    }

    private static func evidence(of content: JournalEntry.Content) -> GateEvidence? {
        guard case .event(.gatesOpened) = content else { return nil }
        return GateEvidence(
            looks: 3, span: .seconds(3), age: .milliseconds(140),
            statements: [.init(gate: "etcd", by: ["core-2"], says: "3 of 3 members healthy")])
    }
}
