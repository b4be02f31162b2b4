import AgentProtocol
import Testing

@testable import HostAgent

/// The contents of a staged partition, read before the host is rebooted into it.
@Suite struct ContentsTests {
    static let unit = "[Service]\nExecStart=/usr/bin/etcd2\n"
    static let loopbackOnly = "Inter-|   Receive\n face |bytes\n    lo:       0       0\n"

    static func host(_ change: (inout SimulatedHost.State) -> Void = { _ in }) -> SimulatedHost {
        SimulatedHost {
            $0.activeUnits = ["etcd2.service"]
            $0.files["/usr/lib/systemd/system/etcd2.service"] = .text(unit)
            $0.files["/proc/self/net/dev"] = .text(loopbackOnly)
            $0.stagedFiles["/lib/systemd/system/etcd2.service"] = unit
            $0.programs = ["/bin/etcd2": "etcd Version: 2.2.5\nGit SHA: bc9ddf2\n"]
            change(&$0)
        }
    }

    static func contents(of host: SimulatedHost) async throws -> PartitionContents? {
        guard case .staged(let staged) = try await host.stage() else { return nil }
        return staged.contents
    }

    @Test func theStagedEtcdIsAskedInItsOwnRoot() async throws {
        let host = Self.host {
            $0.programs["/bin/docker"] = "Docker version 1.10.3, build 20f81dd\n"
            $0.programs["/bin/fleetd"] = "fleetd version 0.11.7\n"
            $0.stagedFiles["/lib/systemd/system/flanneld.service"] =
                "[Service]\nEnvironment=\"FLANNEL_VER=0.5.5\"\nExecStart=/usr/bin/true\n"
        }
        let contents = try #require(try await Self.contents(of: host))
        #expect(
            contents.etcd
                == EtcdStart(
                    unit: "etcd2.service", origin: .imageProgram, starts: "/usr/bin/etcd2", version: "2.2.5"))
        #expect(contents.docker == "1.10.3" && contents.fleet == "0.11.7" && contents.flannel == "0.5.5")
        #expect(host.with { $0.mounted } == nil)
        #expect(host.with { $0.commands }.contains { $0.hasPrefix("mount -o ro,nosuid,nodev /dev/") })
        // Told by every report from then on, and by the same answer again.
        let report = try #require(await host.report())
        #expect(report.agent.contents == contents)
        #expect(report.etcd?.origin == .imageProgram && report.etcd?.version == nil)
        #expect(try await Self.contents(of: host) == contents)
    }

    /// Files on the host count before files of the image.
    @Test func theHostsOwnFilesStay() async throws {
        let docker = "[Service]\nExecStart=\nExecStart=/usr/bin/docker run quay.io/coreos/etcd:v2.1.1\n"
        for path in ["/etc/systemd/system", "/run/systemd/system"] {
            let host = Self.host { $0.files["\(path)/etcd2.service.d/20-own.conf"] = .text(docker) }
            let contents = try #require(try await Self.contents(of: host))
            #expect(
                contents.etcd
                    == EtcdStart(
                        unit: "etcd2.service", origin: .ownContainer, starts: "quay.io/coreos/etcd:v2.1.1",
                        version: "2.1.1"))
        }
        let own = Self.host {
            $0.files["/etc/systemd/system/etcd2.service"] = .text("[Service]\nExecStart=/opt/bin/etcd\n")
        }
        #expect(try await Self.contents(of: own)?.etcd?.origin == .ownProgram)
    }

    @Test func theImagesTagIsReadFromItsUnit() async throws {
        func unit(_ tag: String) -> String {
            "[Service]\nEnvironment=\"ETCD_IMAGE_TAG=\(tag)\"\nExecStart=/usr/lib/coreos/etcd-wrapper $ETCD_OPTS\n"
        }
        let host = Self.host {
            $0.activeUnits = ["etcd-member.service"]
            $0.files["/usr/lib/systemd/system/etcd-member.service"] = .text(unit("v3.0.10"))
            $0.stagedFiles["/lib64/systemd/system/etcd-member.service"] = unit("v3.1.6")
        }
        #expect(await host.report()?.etcd?.version == "3.0.10")
        let etcd = try #require(try await Self.contents(of: host)?.etcd)
        #expect(etcd.version == "3.1.6" && etcd.origin == .imageContainer)
    }

    /// Staging succeeds although the etcd is unknown, and the gates get the reason.
    @Test func whatCannotBeReadIsToldAsSuch() async throws {
        let gone = try #require(try await Self.contents(of: Self.host { $0.programs = [:] }))
        #expect(gone.etcd?.origin == .missingProgram && gone.etcd?.version == nil)
        let silent = try #require(
            try await Self.contents(of: Self.host { $0.programs = ["/bin/etcd2": "usage: etcd"] }))
        #expect(silent.etcd?.version == nil && silent.etcd?.why?.contains("usage: etcd") == true)
        let online = try #require(
            try await Self.contents(
                of: Self.host { $0.files["/proc/self/net/dev"] = .text(Self.loopbackOnly + "  eth0: 1 2\n") })
        )
        #expect(online.etcd?.version == nil && online.etcd?.why?.contains("network") == true)
        let shut = try #require(
            try await Self.contents(of: Self.host { $0.canMount = false }))
        #expect(shut.etcd == nil && shut.unreadable.map(\.subject) == [Unreadable.stagedPartition])
        let two = try #require(
            try await Self.contents(of: Self.host { $0.activeUnits = ["etcd.service", "etcd2.service"] }))
        #expect(two.etcd == nil && two.unreadable.first?.reason.contains("several are active") == true)
    }

    @Test(arguments: [
        ("1:name=systemd:/system.slice/my-etcd.service\n", "my-etcd.service"),
        ("0::/system.slice/etcd3.service\n", "etcd3.service"),
        ("0::/system.slice/docker-0123.scope\n", nil), ("4:cpu:/kubepods/burstable/pod1/0123\n", nil),
        ("1:name=systemd:/machine.slice/machine-rkt.scope/system.slice/etcd.service\n", nil), ("", nil),
    ])
    func theUnitOfAProcess(groups: String, unit: String?) {
        #expect(HostReader.unit(ofGroups: groups) == unit)
    }
}
