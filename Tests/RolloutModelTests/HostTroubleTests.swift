import Foundation
import RolloutModel
import Testing

@Suite struct HostTroubleTests {
    static let host = HostID("core-1")

    /// Troubles have different remedies, apart from those that the same command mends.
    @Test func everyTroubleHasItsRemedy() {
        let alike: Set<HostTrouble> = [.answerUnreadable, .agentDiffers]
        let remedies = HostTrouble.allCases.filter { !alike.contains($0) }
            .map { $0.remedy(on: Self.host).text() }
        #expect(Set(remedies).count == remedies.count)
        for remedy in remedies { #expect(remedy.contains("core-1"), "\(remedy)") }
    }

    /// An audit needs neither sudo nor an agent, and succeeds despite these troubles, so it must not be their remedy.
    @Test(arguments: [
        (HostTrouble.sudo, "sudo -n true"), (.sudo, "'core ALL=(ALL) NOPASSWD: ALL'"),
        (.sudo, "'Defaults:core !requiretty'"), (.shell, "login shell"),
        (.agentMissing, "turnstile install core-1"),
        (.agentDiffers, "turnstile install core-1"), (.agentFailed, "turnstile-agent report"),
        (.commandFailed, "turnstile-agent report"), (.answerUnreadable, "turnstile-agent report"),
        (.osReleaseUnreadable, "VERSION_ID"), (.curlMissing, "curl"),
    ])
    func anAuditIsNoRemedyForWhatItDoesNotNeed(trouble: HostTrouble, words: String) {
        let reason: HoldReason = .host(.hostUnreadable(host: Self.host, why: "x", trouble: trouble))
        #expect(reason.remedy.text().contains(words))
        #expect(!reason.remedy.text().contains("turnstile audit"))
    }

    @Test(arguments: [
        HostTrouble.unreachable, .refused, .throttled, .bastion, .loginRefused, .hostKey, .sshSettings,
    ])
    func anAuditShowsWhenSSHIsMended(trouble: HostTrouble) {
        let reason: HoldReason = .host(.hostUnreadable(host: Self.host, why: "x", trouble: trouble))
        #expect(reason.remedy.text().contains("'turnstile audit core-1'"))
    }

    /// Connection refused: the machine is up, and sshd is not. No advice is about its power.
    @Test func aHostWithoutSshdIsMendedOnItsConsole() {
        let away = HoldReason.step(
            .notReturned(
                host: Self.host, waited: .seconds(900), why: "Connection refused", trouble: .refused))
        #expect(
            away.description == """
                host 'core-1' is up, and could not be read within 900 s of its reboot, as nothing takes ssh's call: Connection \
                refused
                """)
        #expect(away.brief == "'core-1' is up after its reboot, and nothing takes ssh's call")
        let remedy = away.remedy.text()
        #expect(remedy.contains("'systemctl status sshd.socket sshd'"), "\(remedy)")
        #expect(remedy.contains("console") && remedy.contains("'turnstile rollback core-1'"), "\(remedy)")
        let dead = HoldReason.step(
            .notReturned(host: Self.host, waited: .seconds(900), why: "No route to host"))
        #expect(dead.brief == "'core-1' has not come back from its reboot")
        #expect(!dead.remedy.text().contains("sshd"), "\(dead.remedy.text())")
    }

    /// cgpt's own complaint helps here, and an audit does not.
    @Test func partitionsThatCannotBeReadSayWhy() {
        let reason: HoldReason = .host(
            .partitionsUnreadable(
                host: Self.host, why: "cgpt: exit status 1, GPT damaged"))
        #expect("\(reason)".hasSuffix(": cgpt: exit status 1, GPT damaged"))
        let remedy = reason.remedy.text()
        #expect(remedy.contains("cgpt show") && !remedy.contains("turnstile audit"))
    }

    @Test func etcdThatCannotBeAskedIsMendedWhereItFails() {
        let curl: HoldReason = .etcd(
            .etcdUnknown(
                why: "curl: exit status 127", through: Self.host, trouble: .curlMissing))
        #expect(curl.remedy.text() == "put curl on 'core-1': etcd and Consul are asked with it")
        let silent: HoldReason = .etcd(
            .etcdUnknown(
                why: "did not answer", through: Self.host, trouble: .commandFailed))
        #expect(silent.remedy.text().contains("etcd on 'core-1' back to health"))
    }

    /// Lines of older journals, which had fewer fields.
    @Test(arguments: [
        (
            #"{"hostUnreadable":{"host":"a","why":"x"}}"#,
            HoldReason.host(.hostUnreadable(host: HostID("a"), why: "x"))
        ),
        (#"{"partitionsUnreadable":{"host":"a"}}"#, .host(.partitionsUnreadable(host: HostID("a")))),
        (#"{"unitsUnknown":{"why":"x"}}"#, .fleet(.unitsUnknown(why: "x"))),
        (#"{"deisUnknown":{"why":"x"}}"#, .deis(.deisUnknown(why: "x"))),
        (#"{"etcdUnknown":{"why":"x"}}"#, .etcd(.etcdUnknown(why: "x"))),
        (
            #"{"etcdMemberUnhealthy":{"member":"m","seenBy":"a","why":"x"}}"#,
            .etcd(.etcdMemberUnhealthy(member: "m", seenBy: HostID("a"), why: "x"))
        ),
        (
            #"{"hookUnheard":{"_0":"before-host","on":"a","why":"x"}}"#,
            .operatorGate(.hookUnheard(.beforeHost, on: HostID("a"), why: "x"))
        ),
    ])
    func olderJournalsAreRead(line: String, reason: HoldReason) throws {
        #expect(try JSONDecoder().decode(HoldReason.self, from: Data(line.utf8)) == reason)
        // A reason from an older journal is written as it was.
        let written = try JSONEncoder().encode(reason)
        #expect(try JSONDecoder().decode(HoldReason.self, from: written) == reason)
    }

    @Test(arguments: HostTrouble.allCases)
    func aTroubleIsJournalled(trouble: HostTrouble) throws {
        let reason: HoldReason = .host(.hostUnreadable(host: Self.host, why: "x", trouble: trouble))
        let read = try JSONDecoder().decode(HoldReason.self, from: JSONEncoder().encode(reason))
        #expect(read == reason)
    }
}
