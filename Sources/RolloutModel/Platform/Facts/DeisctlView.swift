/// A deisctl that was given, and the templates that it makes units from.
public struct DeisctlView: Hashable, Sendable {
    /// The version that it prints of itself.
    public var version: Observation<PlatformVersion>
    /// The names of the templates in the directory that it is given, with the digest of each.
    public var templates: Observation<[String: String]>

    public init(version: Observation<PlatformVersion>, templates: Observation<[String: String]>) {
        self.version = version
        self.templates = templates
    }
}

/// Which deisctl: that of the platform as it was, or that of the version wanted.
public enum DeisctlSide: String, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case old, new

    public var description: String { rawValue }

    /// The option that names it.
    public var option: String {
        switch self {
        case .old: "deisctl"
        case .new: "new-deisctl"
        }
    }

    /// The option that names the directory of its templates.
    public var templatesOption: String {
        switch self {
        case .old: "templates"
        case .new: "new-templates"
        }
    }
}
