import RolloutModel
import Testing

@testable import Coordinator

@Suite struct DriftTests {
    static func host(_ name: String, _ change: (inout HostAudit) -> Void = { _ in }) -> HostAudit {
        var audit = HostAudit(host: name)
        audit.distribution = "flatcar"
        audit.version = "9000.2.0"
        audit.group = "stable"
        audit.engine = .init(isMasked: true, activeState: "inactive")
        audit.rebootStrategy = "off"
        audit.updatePending = false
        audit.userData = .init(path: "/x", sha256: String(repeating: "a", count: 64))
        audit.etcdServer = "3.5.16"
        audit.machineID = "machine of \(name)"
        audit.bootID = "boot of \(name)"
        audit.hostKey = "SHA256:\(name)"
        change(&audit)
        return audit
    }

    static func kinds(_ findings: [AuditFinding]) -> [AuditFinding.Kind] { findings.map(\.kind) }

    @Test func hostsThatAreAlikeAreNoNews() {
        #expect([AuditFinding].of(["a", "b", "c"].map { Self.host($0) }).isEmpty)
        #expect([AuditFinding].of([]).isEmpty)
    }

    typealias Odd = (change: @Sendable (inout HostAudit) -> Void, aspect: AuditAspect, message: String)

    static let odd: [Odd] = [
        ({ $0.version = "9001.2.0" }, .version, "version is 9001.2.0, and 9000.2.0 on 2 others"),
        ({ $0.group = "beta" }, .group, "GROUP is beta, and stable on 2 others"),
        ({ $0.group = "" }, .group, "GROUP is empty, and stable on 2 others"),
        (
            { $0.engine = .init(isMasked: false, activeState: "active") }, .engine,
            "update-engine is active, and masked, inactive on 2 others"
        ),
        (
            { $0.userData?.sha256 = String(repeating: "b", count: 64) }, .userData,
            "user-data is bbbbbbbbbbbb…, and aaaaaaaaaaaa… on 2 others"
        ),
        (
            { $0.rebootStrategy = "reboot" }, .reboots, "reboot strategy is reboot, and off on 2 others"
        ),
        (
            { $0.locksmith = .init(isMasked: false, activeState: "active", strategy: "etcd-lock") }, .reboots,
            "reboot strategy is etcd-lock, and off on 2 others"
        ),
        ({ $0.etcdServer = "3.4.0" }, .etcd, "etcd is 3.4.0, and 3.5.16 on 2 others"),
    ]

    @Test(arguments: odd) func theOddOneOutIsNamed(odd: Odd) {
        let findings = [AuditFinding].of([Self.host("a"), Self.host("b", odd.change), Self.host("c")])
        #expect(findings == [AuditFinding(.oddOneOut, ["b"], odd.message, aspect: odd.aspect)])
    }

    @Test func whatIsMissingIsNotOdd() {
        let bare = HostAudit(host: "bare")
        #expect([AuditFinding].of([Self.host("a"), bare, Self.host("c")]).isEmpty)
    }

    @Test func whereNoMajorityAgreesNobodyIsOdd() {
        let audits = [Self.host("a"), Self.host("b") { $0.group = "beta" }]
        #expect(
            [AuditFinding].of(audits) == [
                AuditFinding(
                    .disagreement, ["a", "b"], "GROUP differs: stable on 1, beta on 1", aspect: .group)
            ])
    }

    @Test func aFleetOfManyVersionsIsToldInShort() throws {
        let audits = (0..<9).map { number in Self.host("h\(number)") { $0.version = "900\(number).2.0" } }
        let finding = try #require([AuditFinding].of(audits).first)
        #expect(finding.kind == .disagreement && finding.hosts.count == 9)
        #expect(finding.message.hasSuffix("9004.2.0 on 1, and 4 more"))
    }

    @Test func userDataOfEachHostsOwnIsNoNews() {
        let audits = ["a", "b", "c"].map { name in
            Self.host(name) { $0.userData?.sha256 = String(repeating: name, count: 64) }
        }
        #expect([AuditFinding].of(audits).isEmpty)
    }

    @Test func distributionsAreNotComparedWithEachOther() {
        let other = Self.host("debian") {
            $0.distribution = "debian"
            $0.version = "12"
            $0.group = nil
        }
        #expect([AuditFinding].of([Self.host("a"), Self.host("b"), other]).isEmpty)
    }

    typealias Sign = (change: @Sendable (inout HostAudit) -> Void, kinds: [AuditFinding.Kind])

    /// The partitions with attributes as in facts 0.30: the running partition's, then the other one's.
    static func partitions(_ here: (Int, Int, Int), _ there: (Int, Int, Int)) -> HostAudit.Partitions? {
        func row(_ number: Int, _ label: String, _ values: (Int, Int, Int)) -> String {
            """
            139264 614400 \(number) Label: "\(label)"
            Type: Alias for coreos-rootfs
            UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F13\(number)
            Attr: priority=\(values.0) tries=\(values.1) successful=\(values.2)
            """
        }
        return HostAudit.Partitions(
            rootdev: "/dev/sda3", table: row(3, "USR-A", here) + "\n" + row(4, "USR-B", there))
    }

    static let signs: [Sign] = [
        ({ $0.partitions = partitions((1, 0, 1), (0, 0, 0)) }, []),
        ({ $0.partitions = partitions((2, 0, 1), (1, 0, 1)) }, []),
        ({ $0.partitions = partitions((1, 0, 1), (2, 1, 0)) }, [.updatePending]),
        ({ $0.partitions = partitions((2, 0, 0), (1, 0, 1)) }, [.uncommitted]),
        ({ $0.partitions = partitions((1, 0, 1), (2, 0, 0)) }, [.reverted]),
        ({ $0.partitions = partitions((2, 0, 1), (1, 0, 0)) }, [.reverted]),
        ({ $0.revertedFrom = "9001.2.0" }, [.reverted]),
        ({ $0.previousVersion = "9000.2.0" }, [.reverted]),
        ({ $0.previousVersion = "8999.2.0" }, []),
        (
            {
                $0.previousVersion = "9000.2.0"
                $0.updatePending = true
            }, [.updatePending]
        ),
        (
            {
                $0.previousVersion = "9000.2.0"
                $0.updatePending = nil
            }, []
        ),
        (
            {
                $0.previousVersion = "9000.2.0"
                $0.partitions = partitions((1, 0, 1), (2, 1, 0))
            }, [.updatePending]
        ),
    ]

    @Test(arguments: signs) func bootsAreJudgedByTheirSigns(sign: Sign) {
        let findings = [AuditFinding].of([Self.host("a", sign.change), Self.host("b")])
        #expect(Self.kinds(findings) == sign.kinds)
        #expect(findings.allSatisfy { $0.hosts == ["a"] })
    }

    /// (distribution, version, whether the release gets no more updates)
    @Test(arguments: [
        ("coreos", "1353.8.0", true), ("coreos", "2512.3.0", true), ("flatcar", "4593.2.5", false),
        ("flatcar", "9000.0.0", false), ("flatcar", "4459.2.4", true), ("flatcar", "4081.3.10", false),
        ("flatcar", "4081.2.1", true), ("flatcar", "3510.3.8", true), ("debian", "12", false),
        ("flatcar", "unknown", false),
    ]) func releasesEnd(distribution: String, version: String, hasEnded: Bool) {
        let audit = Self.host("a") { ($0.distribution, $0.version) = (distribution, version) }
        #expect(Self.kinds([AuditFinding].of([audit])) == (hasEnded ? [.endOfLife] : []))
    }

    @Test func twoNamesOfOneMachineAreOneFinding() {
        func twin(_ name: String, boot: String) -> HostAudit {
            Self.host(name) {
                $0.machineID = "m"
                $0.bootID = boot
                $0.hostKey = "k"
            }
        }
        let same = [AuditFinding].of([twin("a", boot: "1"), Self.host("b"), twin("c", boot: "1")])
        #expect(
            same == [AuditFinding(.duplicate, ["a", "c"], "are one machine: machine-id m, and one boot")])
        let copied = [AuditFinding].of([twin("a", boot: "1"), twin("c", boot: "2")])
        #expect(copied.count == 1 && copied[0].message.contains("copied image"))
    }

    @Test func aSharedHostKeyIsAFinding() {
        let audits = ["a", "b"].map { Self.host($0) { $0.hostKey = "SHA256:x" } }
        let findings = [AuditFinding].of(audits + [Self.host("c") { $0.hostKey = nil }])
        #expect(Self.kinds(findings) == [.duplicate] && findings[0].hosts == ["a", "b"])
    }

    @Test func whatWasNotExpectedIsNamedFirst() throws {
        let expected = try #require(ReleaseSpan("9000.2.0"))
        var silent = HostAudit(host: "c")
        silent.fault = "no route to host"
        let audits = [
            Self.host("a"), Self.host("b"), silent, Self.host("d") { $0.version = "9001.2.0" },
            Self.host("e") { $0.version = nil },
        ]
        #expect(
            [AuditFinding].of(audits, expected: expected).prefix(2) == [
                AuditFinding(
                    .unexpectedVersion, ["c", "e"], "version unknown, expected 9000.2.0", aspect: .version),
                AuditFinding(
                    .unexpectedVersion, ["d"], "version 9001.2.0, expected 9000.2.0", aspect: .version),
            ])
    }

    @Test func changesSinceAnEarlierAuditAreGrouped() {
        let earlier = ["a", "b", "c"].map { Self.host($0) } + [Self.host("gone")]
        let now =
            ["a", "b"].map { name in
                Self.host(name) {
                    $0.version = "9001.2.0"
                    $0.bootID = "another of \(name)"
                }
            } + [Self.host("c") { $0.version = "9001.2.0" }, Self.host("d") { $0.version = "9001.2.0" }]
        #expect(
            [AuditFinding].of(now, earlier: earlier) == [
                AuditFinding(
                    .changed, ["a", "b", "c"], "version was 9000.2.0, and is 9001.2.0", aspect: .version),
                AuditFinding(.rebooted, ["a", "b"], "rebooted since the earlier audit"),
                AuditFinding(.new, ["d"], "not in the earlier audit"),
                AuditFinding(.gone, ["gone"], "in the earlier audit, and not in this one"),
            ])
    }

    @Test func aRenamedHostIsTheSame() {
        let now = Self.host("b") { $0.machineID = "machine of a" }
        let findings = [AuditFinding].changes(from: [Self.host("a")], to: [now])
        #expect(
            findings.map(\.message) == [
                "host key was SHA256:a, and is SHA256:b", "rebooted since the earlier audit",
            ])
    }

    /// A value or host that could not be read, now or before, has not changed, and is neither new nor gone.
    @Test func theUnreadableIsNotCompared() {
        var silent = HostAudit(host: "a")
        silent.fault = "no route to host"
        #expect([AuditFinding].changes(from: [Self.host("a")], to: [silent]).isEmpty)
        #expect([AuditFinding].changes(from: [silent], to: [Self.host("a")]).isEmpty)
        let less = Self.host("a") { $0.userData = nil }
        #expect([AuditFinding].changes(from: [Self.host("a")], to: [less]).isEmpty)
    }

    @Test func hostsAreCountedByWhatTheyRun() {
        var silent = HostAudit(host: "x")
        silent.fault = "no route to host"
        let audits = [
            Self.host("a"), Self.host("b") { $0.etcdServer = nil },
            Self.host("c") { $0.version = "9001.2.0" }, silent,
        ]
        let summary = AuditSummary(audits)
        #expect(summary.hosts == 4 && summary.unreadable == 1)
        #expect(summary.sections.map(\.name) == ["version", "GROUP", "etcd"])
        #expect(
            summary.sections.map(\.counts) == [
                [.init(value: "9000.2.0", hosts: 2), .init(value: "9001.2.0", hosts: 1)],
                [.init(value: "stable", hosts: 3)],
                [.init(value: "3.5.16", hosts: 2), .init(value: nil, hosts: 1)],
            ])
    }
}
