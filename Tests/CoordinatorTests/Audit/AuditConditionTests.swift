import Coordinator
import Testing

/// `--where`, judged by what an audit found.
@Suite struct AuditConditionTests {
    private static var audit: HostAudit {
        var audit = HostAudit(host: "core-1")
        (audit.distribution, audit.version, audit.kernel) = ("coreos", "1409.7.0", "4.9.24-coreos")
        (audit.group, audit.docker, audit.fleet) = ("beta", "18.06.3-ce", "0.11.8")
        audit.etcdServer = "3.2"
        audit.agentPhase = "staged"
        return audit
    }

    static let answers: [(text: String, holds: Bool?)] = [
        ("version<1409", false), ("version<=1409", true), ("version=1409", true), ("version>1409", false),
        ("version>=1409", true), ("version!=1409", false), ("version<1410", true),
        ("version<1409.7.0", false),
        ("version=1409.7", true), ("version<1409.8", true), ("version<1409.10", true),
        ("version>1353.8.0", true),
        ("version < 1410", true), ("kernel>=4.9.24", true), ("docker=18.6", true), ("docker<18.6.4", true),
        ("fleet>0.9", true), ("group=beta", true), ("group!=beta", false), ("os=coreos", true),
        ("os=flatcar", false),
        ("phase=staged", true), ("version<1410 and group=beta", true),
        ("version<1410 and group=stable", false),
        // Fewer numbers than are asked for tell nothing, once they are the same.
        ("etcd=3.2", true), ("etcd<3.3.1", true), ("etcd=3.2.0", nil), ("etcd>3.2.0", nil),
        // A value that is missing is not guessed, unless another term decides.
        ("agent<1", nil), ("reboots=off", nil), ("agent<1 and group=beta", nil),
        ("agent<1 and group=stable", false),
    ]

    @Test(arguments: answers) func aConditionIsJudged(text: String, holds: Bool?) throws {
        let condition = try AuditCondition(text)
        #expect(condition.holds(Self.audit) == holds)
        #expect(condition.untold(of: Self.audit).isEmpty == (holds != nil))
    }

    @Test func aHostThatWasNotReadIsNotJudged() throws {
        var audit = Self.audit
        audit.fault = "no route to host"
        #expect(try AuditCondition("version<1409").holds(audit) == nil)
    }

    @Test(
        arguments: [("1409.7.0+dev-1", true), ("garbage", nil), ("1409.", true), ("", nil)]
            as [(String, Bool?)])
    func aVersionIsReadAsFarAsItIsNumbers(version: String, holds: Bool?) throws {
        var audit = Self.audit
        audit.version = version
        #expect(try AuditCondition("version=1409").holds(audit) == holds)
    }

    static let faults: [(text: String, says: String)] = [
        ("", "is no condition"), ("version", "is no condition"), ("version~1409", "is no condition"),
        ("versoin<1409", "\"versoin\" is no field; there are version, kernel"), ("<1409", "\"\" is no field"),
        ("version<", "\"\" is no value of version"),
        ("version<stable", "\"stable\" is no version of version"),
        ("version<1409..7", "is no version of version"),
        ("version<99999999999999999999", "is no version of version"),
        ("group<beta", "group is compared with = or != only"), ("version==1409", "is no value of version"),
        ("version<1409 or group=beta", "is no value of version"), ("group='beta'", "is no value of group"),
        ("version<1409 and", "\"\" is no condition"), ("and", "\"\" is no condition"),
        ("version<1409; reboot", "is no value of version"),
    ]

    @Test(arguments: faults) func anythingElseIsRefused(text: String, says: String) {
        let fault = #expect(throws: AuditCondition.Fault.self) { try AuditCondition(text) }
        #expect(fault?.why.contains(says) == true, "\(String(describing: fault))")
    }
}
