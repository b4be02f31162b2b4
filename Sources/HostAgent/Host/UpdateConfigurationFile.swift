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

    /// The file with the lines asked for; every other byte, mode and owner stay. nil where nothing is to change.
    func changed(_ found: FileCopy?, group: String?, server: String?) throws -> FileCopy? {
        var configuration = try UpdateConfiguration(bytes: found?.bytes ?? [])
        if let group { configuration = try configuration.setting(.group, to: group) }
        if let server { configuration = try configuration.setting(.server, to: server) }
        guard configuration.bytes != found?.bytes ?? [] else { return nil }
        var copy = found ?? FileCopy(bytes: [], mode: Self.modeWhereMissing)
        copy.bytes = configuration.bytes
        return copy
    }
}

extension HostOriginal {
    func configurationUndo(_ files: HostFileAccess) throws(HostFault) -> ConfigurationUndo {
        let now = try files.read(configurationPath, HostFileAccess.smallBytesMax, .refused)
        return ConfigurationUndo(self, now: now)
    }

    /// Gives the file back as it was: bytes, mode and owner, or its absence; no more than we changed.
    @discardableResult
    func restoreConfiguration(_ files: HostFileAccess) throws(HostFault) -> ConfigurationUndo {
        let undo = try configurationUndo(files)
        switch undo {
        case .nothing: break
        case .restore(let copy?): try files.replace(configurationPath, copy)
        case .restore(nil): try files.remove(configurationPath)
        case .takeBack(let copy, _): try files.replace(configurationPath, copy)
        }
        return undo
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
        return UpdateSettings(
            distribution: distribution, version: try osRelease().version, files: files)
    }
}
