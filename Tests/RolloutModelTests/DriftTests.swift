import RolloutModel
import Testing

/// Tests of user-data and drop-ins that differ.
@Suite struct DriftTests {
    static let (a, b, c) = (Samples.a, Samples.b, Samples.c)
    static let unit = "/etc/systemd/system/docker.service.d/10.conf"
    static let data = "/var/lib/coreos-install/user_data"

    static func reasons(
        by compare: GateSettings.Drift.Compare = .oddOneOut, expected: String? = nil,
        at checkpoint: Checkpoint = .beforeStage, plan: Plan = Samples.plan(),
        _ settings: [HostID: HostFacts.Settings?], versions: [HostID: Version] = [:]
    ) -> [HoldReason] {
        let drift = GateSettings.Drift(
            compare: compare, userData: expected.map { .init(file: "/ops/user-data", sha256: $0) })
        var changes: [HostID: (inout HostFacts) -> Void] = [:]
        for (host, settings) in settings {
            changes[host] = { facts in
                facts.settings = settings
                if let version = versions[host] { facts.version = version }
            }
        }
        return PreflightTests.reasons(
            at: checkpoint, settings: GateSettings(fleet: nil, etcd: nil, drift: drift), plan: plan,
            changes)
    }

    static func dropIn(_ digest: String?) -> HostFacts.Settings {
        HostFacts.Settings(dropIns: digest.map { [unit: $0] } ?? [:])
    }

    static func odd(_ host: HostID, _ how: SettingsDrift.How, from others: [HostID]) -> HoldReason {
        .drift(
            .settingsDrift(
                host: host, files: [SettingsDrift(path: unit, how: how)], against: .hosts(others)))
    }

    /// The digests of a drop-in on a, b and c, nil where it is missing; the odd host; and the hosts that hold where all
    /// must be the same.
    static let table: [(digests: [String?], oddOneOut: [HoldReason], same: [HoldReason])] = [
        (["1", "1", "1"], [], []),
        ([nil, nil, nil], [], []),
        (["1", "1", "2"], [odd(c, .differs, from: [a, b])], [odd(c, .differs, from: [a, b])]),
        (["2", "1", "1"], [odd(a, .differs, from: [b, c])], [odd(a, .differs, from: [b, c])]),
        (["1", nil, "1"], [odd(b, .missing, from: [a, c])], [odd(b, .missing, from: [a, c])]),
        ([nil, "1", nil], [odd(b, .added, from: [a, c])], [odd(b, .added, from: [a, c])]),
        // All hosts differ, as with addresses in the file.
        (["1", "2", "3"], [], [odd(b, .differs, from: [a]), odd(c, .differs, from: [a])]),
        (["1", "2", nil], [], [odd(b, .differs, from: [a]), odd(c, .missing, from: [a])]),
    ]

    @Test(arguments: table)
    func theOddOneIsNamed(digests: [String?], oddOneOut: [HoldReason], same: [HoldReason]) {
        let settings = Dictionary(
            uniqueKeysWithValues: zip([Self.a, Self.b, Self.c], digests.map { Optional(Self.dropIn($0)) }))
        #expect(Self.reasons(by: .oddOneOut, settings) == oddOneOut)
        #expect(Self.reasons(by: .same, settings) == same)
        #expect(Self.reasons(by: .none, settings) == [])
        // Drift is not checked once staging has written drop-ins of its own, nor after it.
        #expect(Self.reasons(by: .same, at: .beforeReboot, settings) == [])
        #expect(Self.reasons(by: .same, at: .afterCommit, settings) == [])
    }

    /// Of two hosts that differ, neither is the odd one.
    @Test func twoHostsAreComparedOnlyWhereAllMustBeTheSame() {
        let settings = [Self.a: Self.dropIn("1"), Self.b: Self.dropIn("2")]
        let plan = Samples.plan([Self.a, Self.b])
        #expect(Self.reasons(by: .oddOneOut, plan: plan, settings) == [])
        #expect(Self.reasons(by: .same, plan: plan, settings) == [Self.odd(Self.b, .differs, from: [Self.a])])
    }

    /// Changes that come with a new image are no drift.
    @Test func anUpgradedHostIsNotComparedAnyMore() {
        let settings = [Self.a: Self.dropIn("1"), Self.b: Self.dropIn("1"), Self.c: Self.dropIn("2")]
        #expect(Self.reasons(settings, versions: [Self.c: Samples.new]) == [])
    }

    @Test func userDataIsComparedAsDropInsAre() {
        func userData(_ digest: String) -> HostFacts.Settings {
            HostFacts.Settings(userData: [Self.data: digest])
        }
        #expect(
            Self.reasons([Self.a: userData("1"), Self.b: userData("9"), Self.c: userData("1")])
                == [
                    .drift(
                        .settingsDrift(
                            host: Self.b, files: [SettingsDrift(path: Self.data, how: .differs)],
                            against: .hosts([Self.a, Self.c])))
                ])
    }

    @Test func userDataThatIsNotTheExpectedOneHolds() {
        let settings = [
            Self.a: HostFacts.Settings(userData: [Self.data: "1"]),
            Self.b: HostFacts.Settings(userData: ["/usr/share/oem/cloud-config.yml": "7", Self.data: "1"]),
            Self.c: HostFacts.Settings(),
        ]
        let none = HoldReason.drift(.userDataUnexpected(host: Self.c, file: "/ops/user-data", found: []))
        #expect(Self.reasons(by: .none, expected: "1", settings) == [none])
        #expect(none.description == "host 'c' has no user-data on its disk, and /ops/user-data is expected")
        #expect(
            Self.reasons(by: .none, expected: "2", settings) == [
                .drift(.userDataUnexpected(host: Self.a, file: "/ops/user-data", found: [Self.data])),
                .drift(
                    .userDataUnexpected(
                        host: Self.b, file: "/ops/user-data",
                        found: ["/usr/share/oem/cloud-config.yml", Self.data])),
                none,
            ])
    }

    /// A host that was changed since the plan was made holds, whatever the other hosts have.
    @Test func aChangeSinceThePlanHoldsItsHost() {
        var plan = Samples.plan()
        for index in plan.hosts.indices { plan.hosts[index].settings = Self.dropIn("1") }
        let changed = [Self.a: Self.dropIn("2"), Self.b: Self.dropIn("2"), Self.c: Self.dropIn("2")]
        let reason = HoldReason.drift(
            .settingsDrift(
                host: Self.a, files: [SettingsDrift(path: Self.unit, how: .differs)], against: .plan))
        // The turn of b has not come.
        #expect(Self.reasons(by: .oddOneOut, plan: plan, changed) == [reason])
        #expect(Self.reasons(by: .none, plan: plan, changed) == [reason])
        #expect(
            reason.description == """
                host 'a' has other settings than when the plan was made: \(Self.unit) differs
                """)
        plan.overrides = [GateOverride(gate: .drift, reason: "it was mended")]
        #expect(Self.reasons(by: .oddOneOut, plan: plan, changed) == [])
    }

    @Test func settingsThatAreNotToldHold() {
        let settings = [Self.a: Self.dropIn("1"), Self.b: nil, Self.c: Self.dropIn("1")]
        let reason = HoldReason.host(.untold(host: Self.b, .settings, why: "its agent says nothing of it"))
        #expect(Self.reasons(settings) == [reason])
        #expect(reason.overridableGate == .drift)
    }

    @Test func manyFilesAreNotAllListed() {
        let files = (1...8).map { SettingsDrift(path: "/etc/\($0)", how: .added) }
        let reason = HoldReason.drift(
            .settingsDrift(host: Self.a, files: files, against: .hosts([Self.b, Self.c])))
        #expect(
            reason.description == """
                host 'a' has other settings than 'b', 'c': /etc/1 is there besides, /etc/2 is there besides, /etc/3 is there \
                besides, /etc/4 is there besides, /etc/5 is there besides, and 3 more
                """)
    }
}
