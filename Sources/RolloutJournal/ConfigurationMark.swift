/// The settings that a coordinator came with, so that the next one can say what is different.
public struct ConfigurationMark: Codable, Hashable, Sendable {
    /// The digest of the whole configuration.
    public var digest: String
    /// The settings by their keys in `turnstile.yaml`. Values that are long or may be secret are digests. nil in
    /// journals of older versions, which did not keep them.
    public var settings: [String: String]?

    /// The beginning of a value in `settings` that is a digest.
    public static let digestPrefix = "sha256:"

    public init(digest: String, settings: [String: String]? = nil) {
        self.digest = digest
        self.settings = settings
    }
}
