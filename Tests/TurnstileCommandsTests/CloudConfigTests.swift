import Coordinator
import Digest
import Foundation
import Subprocess
import SystemPackage
import Testing
import Yams

/// The files for new hosts. Their readers are not available here, so the accepted keys are written down below.
@Suite struct CloudConfigTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    static let coreos = "cloud-config/coreos-user-data.yaml"
    static let flatcar = "cloud-config/flatcar.bu"

    /// The allowed keys by their place; the items of a list have the place `name[]`.
    typealias Schema = [String: Set<String>]

    /// The keys of coreos-cloudinit (facts 10), as far as the files here may use them.
    static let cloudinit: Schema = [
        "": ["hostname", "ssh_authorized_keys", "users", "write_files", "manage_etc_hosts", "coreos"],
        "coreos": ["update", "units", "locksmith", "etcd", "etcd2", "flannel", "fleet", "oem"],
        "coreos.units[]": ["name", "mask", "enable", "runtime", "content", "command", "drop-ins"],
        "coreos.units[].drop-ins[]": ["name", "content"],
        "write_files[]": ["path", "content", "owner", "permissions", "encoding"],
    ]

    /// The keys of Butane for Flatcar, version 1.0.0, as far as the files here may use them.
    static let butane: Schema = [
        "": ["variant", "version", "ignition", "storage", "systemd", "passwd", "kernel_arguments"],
        "storage": ["disks", "raid", "filesystems", "files", "directories", "links", "luks", "trees"],
        "storage.files[]": ["path", "overwrite", "contents", "append", "mode", "user", "group"],
        "storage.files[].contents": [
            "source", "inline", "local", "compression", "http_headers", "verification",
        ],
        "storage.files[].contents.verification": ["hash"],
        "systemd": ["units"],
        "systemd.units[]": ["name", "enabled", "mask", "contents", "contents_local", "dropins"],
    ]

    @Test(arguments: [(coreos, cloudinit), (flatcar, butane)])
    func everyKeyIsOneItsReaderKnows(path: String, schema: Schema) throws {
        let node = try #require(try Yams.compose(yaml: try Self.text(path)))
        #expect(unknownKeys(of: node, at: "", in: schema) == [])
    }

    /// The check must find a fault before its silence proves anything.
    @Test func aKeyTooManyIsFound() throws {
        let node = try #require(
            try Yams.compose(yaml: "coreos: {units: [{name: a, enabled: true}]}\nwrite-files: []\n"))
        #expect(
            unknownKeys(of: node, at: "", in: Self.cloudinit) == ["coreos.units[].enabled", "write-files"])
    }

    private func unknownKeys(of node: Node, at place: String, in schema: Schema) -> [String] {
        if let items = node.sequence {
            return items.flatMap { unknownKeys(of: $0, at: place + "[]", in: schema) }
        }
        guard let mapping = node.mapping else { return [] }
        return mapping.flatMap { key, value -> [String] in
            let name = key.string ?? ""
            let path = place.isEmpty ? name : "\(place).\(name)"
            guard schema[place]?.contains(name) == true else { return [path] }
            return unknownKeys(of: value, at: path, in: schema)
        }
    }

    @Test func theUnitIsTheOneThatInstallPutsThere() throws {
        let unit = try Self.text("units/turnstile-agent.service")
        #expect(String(decoding: AgentPackage.unit, as: UTF8.self) == unit)
        let coreos = try #require(try Yams.compose(yaml: try Self.text(Self.coreos)))
        let flatcar = try #require(try Yams.compose(yaml: try Self.text(Self.flatcar)))
        let installed = try #require(coreos["coreos"]?["units"]?.sequence?.last)
        #expect(installed["name"]?.string == "turnstile-agent.service")
        #expect(installed["content"]?.string == unit, "run Scripts/embed-unit")
        let installedByIgnition = try #require(flatcar["systemd"]?["units"]?.sequence?.last)
        #expect(installedByIgnition["name"]?.string == "turnstile-agent.service")
        #expect(installedByIgnition["contents"]?.string == unit, "run Scripts/embed-unit")
    }

    @Test func cloudinitIsToldWhatItUnderstands() throws {
        let text = try Self.text(Self.coreos)
        #expect(text.hasPrefix("#cloud-config\n"))
        let node = try #require(try Yams.compose(yaml: text))
        // Settings under these keys are written into update.conf at every boot (facts 10).
        #expect(node["coreos"]?["update"] == nil && node["coreos"]?["locksmith"] == nil)
        let units = try #require(node["coreos"]?["units"]?.sequence)
        #expect(
            units.map { $0["name"]?.string } == ["turnstile-agent-fetch.service", "turnstile-agent.service"])
        // Cloud-init would wait for a unit after user-config.target that it starts itself, and that unit for
        // cloud-init.
        #expect(units.map { $0["command"]?.string } == ["start", nil])
        #expect(units.last?["enable"]?.bool == true)
        let fetch = try #require(units.first?["content"]?.string)
        #expect(fetch.contains("Before=turnstile-agent.service\n"))
        #expect(fetch.contains("ConditionPathExists=!/opt/bin/turnstile-agent\n"))
        #expect(!fetch.contains("user-config.target"))
        let script = try #require(node["write_files"]?.sequence?.first)
        #expect(script["permissions"]?.string == "0755" && script["owner"]?.string == "root:root")
        #expect(fetch.contains("ExecStart=/bin/sh \(script["path"]?.string ?? "")\n"))
    }

    @Test func butaneIsToldWhatItUnderstands() throws {
        let node = try #require(try Yams.compose(yaml: try Self.text(Self.flatcar)))
        #expect(node["variant"]?.string == "flatcar" && node["version"]?.string == "1.0.0")
        let files = try #require(node["storage"]?["files"]?.sequence)
        #expect(files.map { $0["path"]?.string } == ["/opt/bin/turnstile-agent"])
        #expect(files.first?["mode"]?.scalar?.string == "0755")
        #expect(files.first?["contents"]?["verification"]?["hash"]?.string?.hasPrefix("sha256-") == true)
        #expect(node["systemd"]?["units"]?.sequence?.last?["enabled"]?.bool == true)
    }

    /// The placeholders are explained at the top, occur in the file, and cannot be taken for values.
    @Test(arguments: [coreos, flatcar]) func whatToFillInIsPlain(path: String) throws {
        let lines = try Self.text(path).split(separator: "\n")
        let head = lines.prefix { $0.hasPrefix("#") }
        let places = lines.drop { $0.hasPrefix("#") }.flatMap { $0.matches(of: /FILL-IN-[A-Z0-9]+/) }
            .map { String($0.output) }
        #expect(Set(places) == ["FILL-IN-URL", "FILL-IN-SHA256"] && places.count == 2)
        for place in places { #expect(head.contains { $0.hasPrefix("#   \(place) ") }) }
    }

    // MARK: The script that fetches

    /// Runs the script on this machine, with another directory for /opt/bin.
    private func fetch(_ agent: String, digest: String, into place: URL) async throws -> TerminationStatus {
        let node = try #require(try Yams.compose(yaml: try Self.text(Self.coreos)))
        let script = try #require(node["write_files"]?.sequence?.first?["content"]?.string)
        #expect(script.contains("place=/opt/bin\n"))
        let served = place.appendingPathComponent("served")
        try Data(agent.utf8).write(to: served)
        let bin = place.appendingPathComponent("bin").path
        let here = script.replacingOccurrences(of: "place=/opt/bin\n", with: "place='\(bin)'\n")
        return try await run(
            .path("/bin/sh"), arguments: ["-c", here],
            environment: .inherit.updating([
                "AGENT_URL": served.absoluteString, "AGENT_SHA256": digest,
            ]), output: .discarded, error: .discarded
        ).terminationStatus
    }

    @Test func onlyTheAgentOfThatDigestIsPutInPlace() async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("fetch-\(UUID())")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let bin = place.appendingPathComponent("bin")
        func found() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: bin.path) }

        let digest = SHA256.hexDigest(Array("agent".utf8))
        #expect(try await fetch("agenT", digest: digest, into: place) == .exited(1))
        #expect(try found() == [])
        #expect(try await fetch("agent", digest: "FILL-IN-SHA256", into: place) == .exited(1))
        #expect(try found() == [])
        #expect(try await fetch("agent", digest: digest, into: place) == .exited(0))
        #expect(try found() == ["turnstile-agent"])
        let installed = bin.appendingPathComponent("turnstile-agent")
        #expect(try String(contentsOf: installed, encoding: .utf8) == "agent")
        #expect(FileManager.default.isExecutableFile(atPath: installed.path))
    }
}
