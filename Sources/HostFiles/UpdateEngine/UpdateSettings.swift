/// The settings in force on a host once every update.conf of the search order is read (facts 2): key by key, the first
/// file that has it.
public struct UpdateSettings: Hashable, Sendable {
    public let distribution: Distribution
    /// The version of the running system; nil if unknown, which counts as the newest.
    public let version: ReleaseVersion?
    /// The host's files by path; files that the host lacks are left out.
    public let files: [String: UpdateConfiguration]

    public init(
        distribution: Distribution, version: ReleaseVersion? = nil, files: [String: UpdateConfiguration]
    ) {
        self.distribution = distribution
        self.version = version
        self.files = files
    }

    public struct Setting: Hashable, Sendable {
        public var value: String
        /// The file that says so; nil for the engine's built-in default.
        public var path: String?

        public init(value: String, path: String? = nil) {
            self.value = value
            self.path = path
        }
    }

    public var group: Setting { inForce(.group) ?? Setting(value: distribution.defaultGroup) }

    public var server: Setting { inForce(.server) ?? Setting(value: distribution.defaultServer) }

    /// `SERVER=disabled` stops updates but lets the engine mark boots good.
    public var updatesAreDisabled: Bool { server.value == "disabled" }

    /// The strategy that locksmithd was told: `reboot`, `etcd-lock`, `off`, … nil leaves it its default, which reboots.
    ///
    /// Unlike the other two this key is read by systemd, as an environment file: quotes are stripped and lines
    /// beginning with `#` or `;` are comments.
    public var rebootStrategy: Setting? {
        for path in distribution.updateConfigurationSearchPaths.prefix(2) {
            guard let value = files[path]?.environmentValue(of: .rebootStrategy) else { continue }
            return Setting(value: value, path: path)
        }
        return nil
    }

    private func inForce(_ key: UpdateConfiguration.Key) -> Setting? {
        for path in distribution.updateConfigurationSearchPaths {
            guard let value = files[path]?.value(for: key, readBy: distribution, of: version)
            else { continue }
            return Setting(value: value, path: path)
        }
        return nil
    }
}

extension UpdateConfiguration {
    /// The key as systemd's `EnvironmentFile=` takes it; lines it cannot use are skipped, as systemd does.
    func environmentValue(of key: Key) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        return
            lines.reversed().lazy
            .compactMap { try? ShellAssignment($0[...].trimmingBlanks) }
            .first { $0.key == key.rawValue }?.value
    }
}
