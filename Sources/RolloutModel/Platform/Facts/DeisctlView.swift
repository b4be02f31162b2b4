/// A deisctl that was given, and the templates that it makes units from.
public struct DeisctlView: Hashable, Sendable {
    /// The version that the deisctl prints of itself.
    public var version: Observation<PlatformVersion>
    /// The digest of each template in the directory that the deisctl is given, by the template's name.
    public var templates: Observation<[String: String]>

    public init(version: Observation<PlatformVersion>, templates: Observation<[String: String]>) {
        self.version = version
        self.templates = templates
    }
}

/// A side of the upgrade: the deisctl of the platform as it was, or that of the version wanted.
public enum DeisctlSide: String, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case old, new

    public var description: String { rawValue }

    /// The option that names the side's deisctl.
    public var option: String {
        switch self {
        case .old: "deisctl"
        case .new: "new-deisctl"
        }
    }

    /// The option that names the directory of the side's templates.
    public var templatesOption: String {
        switch self {
        case .old: "templates"
        case .new: "new-templates"
        }
    }
}
