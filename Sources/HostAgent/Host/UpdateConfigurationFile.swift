import AgentProtocol
import HostFiles

/// update.conf of the host: changed in two lines, given back whole.
struct UpdateConfigurationFile: Sendable {
    private static let modeWhereMissing: UInt32 = 0o644

    var effects: HostEffects
    var distribution: Distribution

    /// The real file: on Flatcar `/etc/coreos` may be a link, and a link must stay one.
    var path: String { effects.files.resolve(distribution.updateConfigurationPath) }

    func read() throws(HostFault) -> FileCopy? {
        try effects.files.read(path, HostFileAccess.smallBytesMax, .refused)
    }

    /// Sets the lines asked for; every other byte, mode and owner stay.
    func set(group: String?, server: String?) throws {
        let found = try read()
        var configuration = try UpdateConfiguration(bytes: found?.bytes ?? [])
        if let group { configuration = try configuration.setting(.group, to: group) }
        if let server { configuration = try configuration.setting(.server, to: server) }
        guard configuration.bytes != found?.bytes ?? [] else { return }
        var copy = found ?? FileCopy(bytes: [], mode: Self.modeWhereMissing)
        copy.bytes = configuration.bytes
        try effects.files.replace(path, copy)
    }
}

extension HostOriginal {
    /// Gives the file back as it was: bytes, mode and owner, or its absence.
    func restoreConfiguration(_ files: HostFileAccess) throws(HostFault) {
        let found = try files.read(configurationPath, HostFileAccess.smallBytesMax, .refused)
        guard found != configuration else { return }
        if let configuration {
            try files.replace(configurationPath, configuration)
        } else {
            try files.remove(configurationPath)
        }
    }
}

extension HostReader {
    /// update.conf as the engine and locksmith take it.
    func updateSettings() throws -> UpdateSettings {
        let distribution = try distribution()
        var files: [String: UpdateConfiguration] = [:]
        for path in distribution.updateConfigurationSearchPaths {
            guard let copy = try effects.files.read(path, HostFileAccess.smallBytesMax, .followed) else {
                continue
            }
            files[path] = try UpdateConfiguration(bytes: copy.bytes)
        }
        return UpdateSettings(distribution: distribution, files: files)
    }
}
