import HostFiles

/// An attempt's configuration, read when it began (facts 1.7: at each attempt).
struct UpdateAttempt: Hashable, Sendable {
    var group: String
    var server: String
    var interactive: Bool

    init(settings: UpdateSettings, interactive: Bool) {
        group = settings.group.value
        server = settings.server.value
        self.interactive = interactive
    }

    /// Practice hosts reach no network: any address of the web stands for the directory of offers.
    var serverCanBeReached: Bool { server.hasPrefix("http://") || server.hasPrefix("https://") }
}

extension UpdateSettings {
    /// The settings in force now; a file that cannot be read or is not text counts as absent, as it does to the engine.
    static func readAnew(by distribution: Distribution, of version: ReleaseVersion) -> UpdateSettings {
        var files: [String: UpdateConfiguration] = [:]
        for path in distribution.updateConfigurationSearchPaths {
            guard let bytes = try? TextFile.bytes(of: path) else { continue }
            files[path] = try? UpdateConfiguration(bytes: bytes)
        }
        return UpdateSettings(distribution: distribution, version: version, files: files)
    }
}
