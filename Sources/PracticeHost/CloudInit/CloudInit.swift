import HostFiles
import SystemPackage

/// `coreos-cloudinit --from-file=FILE`, which runs at every boot (facts 0.8, 10).
struct CloudInit: Sendable {
    let surroundings: Surroundings

    private static let option = "--from-file="

    /// Gives up at the first command that fails, as a restart of a masked unit does.
    func run(_ arguments: [String]) async throws -> Int32 {
        guard let path = arguments.first(where: { $0.hasPrefix(Self.option) })?.dropFirst(Self.option.count),
            let text = try TextFile.text(of: String(path))
        else {
            StandardError.write("Provide exactly one source\n")
            return 2
        }
        log("Parsing user-data as cloud-config")
        let config = CloudConfig(text: text)
        try writeUpdateConfiguration(config.update)
        try await placeUnits(config.units)
        for call in config.systemctlCalls {
            log("Calling unit command \(call.joined(separator: " "))")
            let result = try await Command("/usr/bin/systemctl", call).run()
            guard result.succeeded else {
                log("Failed to apply cloud-config: \(result.output.trimmedEnd)")
                return 1
            }
        }
        return 0
    }

    private func writeUpdateConfiguration(_ update: CloudConfig.Update) throws {
        let paths = surroundings.distribution.updateConfigurationSearchPaths.prefix(2)
        let found = try paths.lazy.compactMap { try TextFile.text(of: $0) }.first ?? ""
        guard let rewritten = update.rewriting(found), let path = paths.first else { return }
        log("Writing file to \(path)")
        try TextFile.write(
            rewritten, to: path, mode: [.ownerReadWrite, .groupRead, .otherRead])
        log("Wrote file to \(path)")
    }

    private func placeUnits(_ units: [CloudConfig.Unit]) async throws {
        var hasPlaced = false
        for case let (name, content?) in units.map({ ($0.name, $0.content) }) {
            log("Writing unit \(name) to filesystem")
            try TextFile.write(
                content, to: "/etc/systemd/system/\(name)", mode: [.ownerReadWrite, .groupRead, .otherRead])
            hasPlaced = true
        }
        if hasPlaced { try await Command("/usr/bin/systemctl", ["daemon-reload"]).output() }
    }

    private func log(_ text: String) { StandardError.write(text + "\n") }
}
