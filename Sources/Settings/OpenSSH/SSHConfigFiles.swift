import Foundation

/// The files of an ssh configuration, in the order in which ssh reads them.
struct SSHConfigFiles {
    /// Absolute paths.
    var users: [String] = []
    var system: String?
    /// Named in `turnstile.yaml`, or by an inventory: it must be there.
    private var required: Required?

    private enum Required {
        case setting(String)
        case option(String)

        var path: String {
            switch self {
            case .setting(let path), .option(let path): path
            }
        }
    }

    /// - Parameter options: of one host, whose `-F` counts most.
    init(_ source: SSHConfigSource, _ options: SSHOptions?, _ environment: ConfigurationEnvironment) {
        if let file = options?.configFile {
            guard file != "none" else { return }
            required = .option(environment.absolute(file, from: environment.workingDirectory))
        } else {
            switch source {
            case .ignored: return
            case .usual:
                users = ["\(environment.home)/.ssh/config"]
                system = "/etc/ssh/ssh_config"
            case .file(let path): required = .setting(path)
            }
        }
        users += required.map { [$0.path] } ?? []
    }

    var all: [String] { users + (system.map { [$0] } ?? []) }

    /// - Parameter host: for errors.
    /// - Throws: `SSHConfigError` for a file that ssh could not be told of. To ssh, one that is missing is no error.
    func check(host: String) throws(SSHConfigError) {
        switch required {
        case .option(let path) where !Self.isReadable(path):
            throw .inventorysFileUnreadable(host: host, path: path)
        case .setting(let path) where !Self.isReadable(path): throw .fileUnreadable(path: path)
        default: break
        }
        for path in all where !Self.canBeIncluded(path) { throw .fileUnreadable(path: path) }
    }

    /// A configuration that includes them all.
    func configuration(_ environment: ConfigurationEnvironment) -> String {
        users.map { "Include \"\($0)\"\n" }.joined() + (system.map { Self.included($0, environment) } ?? "")
    }

    private static func included(_ system: String, _ environment: ConfigurationEnvironment) -> String {
        let plain = "Include \"\(system)\"\n"
        // A file that cannot be read is an error that ssh tells itself.
        guard let text = try? TextFile.read(system, environment: environment) else { return plain }
        let anchored = SSHSystemIncludes.anchored(text)
        return anchored == text ? plain : anchored + "\n"
    }

    private static func isReadable(_ path: String) -> Bool {
        FileManager.default.isReadableFile(atPath: path)
    }

    private static func canBeIncluded(_ path: String) -> Bool {
        !path.contains { "\"\\*?[".contains($0) || $0.isNewline }
    }
}
