/// Settings of an application, which may be secrets. The values are never shown, and are in no journal.
public struct SecretValues: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    public var values: [String: String]

    public init(_ values: [String: String]) { self.values = values }

    public var description: String { "\(values.count) settings" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The configuration of an application's release.
public struct ApplicationSettings: Hashable, Sendable {
    /// The environment of the application's processes.
    public var values: SecretValues
    /// Limits and tags, by the type of the process or the tag's name.
    public var memory: [String: String]
    public var cpu: [String: String]
    public var tags: [String: String]

    public init(
        values: SecretValues, memory: [String: String], cpu: [String: String], tags: [String: String]
    ) {
        self.values = values
        self.memory = memory
        self.cpu = cpu
        self.tags = tags
    }

    /// The values that a controller sets by itself (docs/reference/api-v1.7.rst). No other controller is
    /// given these.
    private static let own: Set<String> = ["DEIS_APP", "DEIS_RELEASE"]

    /// The settings that people made.
    public var madeByPeople: ApplicationSettings {
        var settings = self
        settings.values = SecretValues(values.values.filter { !Self.own.contains($0.key) })
        return settings
    }

    /// The settings here that are others there, or that are not there.
    public func missing(in there: ApplicationSettings) -> ApplicationSettings {
        ApplicationSettings(
            values: SecretValues(values.values.missing(in: there.values.values)),
            memory: memory.missing(in: there.memory), cpu: cpu.missing(in: there.cpu),
            tags: tags.missing(in: there.tags))
    }

    public var isEmpty: Bool {
        values.values.isEmpty && memory.isEmpty && cpu.isEmpty && tags.isEmpty
    }
}

extension [String: String] {
    fileprivate func missing(in there: [String: String]) -> [String: String] {
        filter { there[$0.key] != $0.value }
    }
}
