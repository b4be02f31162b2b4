import Coordinator
import RolloutModel
import Testing

@Suite struct AuditTests {
    static let output = """

        @turnstile os-release
        NAME=CoreOS
        ID=coreos
        VERSION_ID=1353.8.0

        @turnstile machine-id
        01d6eeef5996d7c4c6f929405221d47f

        @turnstile /etc/coreos/update.conf
        GROUP=beta
        REBOOT_STRATEGY=off

        @turnstile /usr/share/coreos/update.conf
        GROUP=stable

        @turnstile engine
        LoadState=masked
        ActiveState=inactive
        UnitFileState=masked

        @turnstile pending

        @turnstile rootdev
        /dev/sda3

        @turnstile partitions
               start        size    part  contents
              139264      614400       3  Label: "USR-A"
                                          Type: Alias for coreos-rootfs
                                          UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132
                                          Attr: priority=\(aPriority) tries=0 successful=1
              753664      614400       4  Label: "USR-B"
                                          Type: Alias for coreos-rootfs
                                          UUID: E03DD35C-7C2D-4A47-B3FE-27F15780A57C
                                          Attr: priority=1 tries=1 successful=0

        @turnstile etcd
        {"etcdserver":"3.4.23","etcdcluster":"3.4.0"}
        @turnstile agent

        @turnstile end
        """
    static let aPriority = 2

    @Test func whatIsThereIsReadAndWhatIsNotIsAbsent() async throws {
        let audit = await ScriptedShell(Self.output).shell.audit([HostID("core-1")])[0]
        #expect(audit.fault == nil)
        #expect(audit.version == "1353.8.0" && audit.distribution == "coreos")
        #expect(audit.group == "beta" && audit.rebootStrategy == "off")
        #expect(audit.engine == .some(.init(isMasked: true, activeState: "inactive")))
        #expect(audit.updatePending == false)
        #expect(audit.partitions?.booted == "USR-A")
        #expect(audit.partitions?.isCommitted == true && audit.partitions?.otherIsNext == false)
        #expect(audit.etcdServer == "3.4.23" && audit.etcdCluster == "3.4.0")
        #expect(audit.agent == nil && audit.bootID == nil && audit.uptimeSeconds == nil)
    }

    @Test func aPartitionThatIsNextIsSeen() async throws {
        let armed = Self.output.replacing("priority=2 tries=0", with: "priority=1 tries=0")
            .replacing("priority=1 tries=1", with: "priority=2 tries=1")
        let audit = await ScriptedShell(armed).shell.audit([HostID("core-1")])[0]
        #expect(audit.partitions?.otherIsNext == true && audit.partitions?.isCommitted == false)
    }

    @Test func oneDeadHostIsOneRow() async throws {
        let shell = ScriptedShell { _ in nil }.shell
        let audits = await shell.audit([HostID("a"), HostID("b")])
        #expect(audits.map(\.host) == ["a", "b"])
        #expect(audits.allSatisfy { $0.fault == "no route to host" && $0.version == nil })
    }

    @Test(arguments: ["", "\u{0}\u{1}\u{2}", "@turnstile os-release\n"])
    func anEmptyAnswerIsARowWithoutAVersion(
        output: String
    ) async throws {
        let audit = await ScriptedShell(output).shell.audit([HostID("a")])[0]
        #expect(audit.version == nil)
    }
}
