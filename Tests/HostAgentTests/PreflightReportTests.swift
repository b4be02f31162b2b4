import AgentProtocol
import Digest
import Testing

@testable import HostAgent

/// The facts that gates need before anything is done to a host, as its agent reads them.
@Suite struct PreflightReportTests {
    static let mebibyte: Int64 = 1 << 20

    /// The kernels in a directory, the running partition, and the reported space for the next kernel.
    static let kernels: [(files: [String: Int], running: Int, expected: HostSpace)] = [
        (
            ["/boot/coreos/vmlinuz-a": 30], 3,
            HostSpace(purpose: .kernel, path: "/boot/coreos", freeBytes: 1000, neededBytes: 30)
        ),
        // The space of a file that will be overwritten counts as free.
        (
            ["/boot/coreos/vmlinuz-a": 30, "/boot/coreos/vmlinuz-b": 20], 3,
            HostSpace(purpose: .kernel, path: "/boot/coreos", freeBytes: 1020, neededBytes: 30)
        ),
        (
            ["/boot/coreos/vmlinuz-a": 30, "/boot/coreos/vmlinuz-b": 20], 4,
            HostSpace(purpose: .kernel, path: "/boot/coreos", freeBytes: 1030, neededBytes: 20)
        ),
        (
            ["/boot/flatcar/vmlinuz-b": 40], 4,
            HostSpace(purpose: .kernel, path: "/boot/flatcar", freeBytes: 1000, neededBytes: 40)
        ),
        (
            ["/boot/syslinux/vmlinuz.A": 10, "/boot/syslinux/vmlinuz.B": 12], 3,
            HostSpace(purpose: .kernel, path: "/boot/syslinux", freeBytes: 1012, neededBytes: 10)
        ),
    ]

    @Test(arguments: kernels)
    func roomForTheNextKernel(files: [String: Int], running: Int, expected: HostSpace) async throws {
        let host = SimulatedHost {
            $0.files["/boot/coreos/vmlinuz-a"] = nil
            for (path, bytes) in files {
                $0.files[path] = FileCopy(bytes: [UInt8](repeating: 0, count: bytes), mode: 0o600)
            }
            $0.running = running
            for path in ["/boot/coreos", "/boot/flatcar", "/boot/syslinux"] { $0.freeBytes[path] = 1000 }
        }
        let report = try #require(await host.report())
        #expect(report.space.first == expected)
        #expect(report.unreadable == [])
    }

    @Test func noKernelAtAllIsNotRoomEnough() async throws {
        let host = SimulatedHost { $0.files["/boot/coreos/vmlinuz-a"] = nil }
        let report = try #require(await host.report())
        #expect(report.space == [])
        #expect(report.unreadable.map(\.subject) == [Unreadable.space])
        #expect(report.unreadable[0].reason.contains("/boot/coreos/vmlinuz-a"))
    }

    /// The space of the record's own file system, once the record is there.
    @Test func roomForTheRecord() async throws {
        let host = SimulatedHost {
            $0.freeBytes["/var/lib"] = 7
            $0.freeBytes["/var/lib/turnstile"] = 5
        }
        func state() async throws -> HostSpace? {
            try #require(await host.report()).space.first { $0.purpose == .state }
        }
        let needed = HostReader.stateBytesNeeded
        #expect(
            try await state()
                == HostSpace(purpose: .state, path: "/var/lib", freeBytes: 7, neededBytes: needed))
        host.with { $0.files[RecordStore.lockPath] = .text("") }
        #expect(
            try await state()
                == HostSpace(purpose: .state, path: "/var/lib/turnstile", freeBytes: 5, neededBytes: needed))
    }

    @Test(arguments: [false, true]) func cgroups(unified: Bool) async throws {
        let host = SimulatedHost {
            if unified { $0.files["/sys/fs/cgroup/cgroup.controllers"] = .text("cpu io memory pids\n") }
        }
        #expect(try #require(await host.report()).cgroups == (unified ? .v2 : .v1))
    }

    @Test func settingsAreUserDataAndDropIns() async throws {
        let host = SimulatedHost {
            $0.files["/var/lib/coreos-install/user_data"] = .text("#cloud-config\n")
            $0.files["/etc/systemd/system/docker.service.d/20-b.conf"] = .text("b")
            $0.files["/etc/systemd/system/docker.service.d/10-a.conf"] = .text("a")
            $0.files["/etc/systemd/system/docker.service.d/10-a.conf.bak"] = .text("old")
            $0.files["/etc/systemd/system/docker.service"] = .text("a unit")
            // Turnstile's own drop-ins, and files that every boot writes anew.
            $0.files[EngineGuard.path] = .text("guard")
            $0.files["/etc/systemd/system/turnstile-agent.service.d/x.conf"] = .text("x")
            $0.files["/run/systemd/system/etcd2.service.d/20-cloudinit.conf"] = .text("its address")
        }
        func digest(_ path: String, of text: String) -> FileDigest {
            FileDigest(path: path, sha256: SHA256.hexDigest(Array(text.utf8)))
        }
        #expect(
            try #require(await host.report()).settings
                == HostSettings(
                    userData: [digest("/var/lib/coreos-install/user_data", of: "#cloud-config\n")],
                    dropIns: [
                        digest("/etc/systemd/system/docker.service.d/10-a.conf", of: "a"),
                        digest("/etc/systemd/system/docker.service.d/20-b.conf", of: "b"),
                    ]))
    }

    @Test func aHostWithoutAnyIsNotOneThatCannotTell() async throws {
        let report = try #require(await SimulatedHost().report())
        #expect(report.settings == HostSettings(userData: [], dropIns: []))
    }

    /// Such a host skips update-engine's unit, so that an update would never come.
    @Test func aHostThatIsNeverUpdatedSaysSo() async throws {
        let host = SimulatedHost { $0.files["/usr/.noupdate"] = .text("") }
        let report = try #require(await host.report())
        #expect(report.hazards.map(\.kind) == [.neverUpdates])
        #expect(report.hazards[0].message.contains("/usr/.noupdate"))
        let found = Footprint(host)
        #expect(try await host.stage().refusal == .hostUnsafe)
        #expect(Footprint(host) == found)
    }
}
