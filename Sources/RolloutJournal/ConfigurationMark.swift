/// The settings that a coordinator came with, so that the next one can say what is different.
public struct ConfigurationMark: Codable, Hashable, Sendable {
    /// Of the whole configuration.
    public var digest: String
    /// By the keys of `turnstile.yaml`; what may be secret, or is long, by its digest. nil in journals of before it was kept.
    public var settings: [String: String]?

    public init(digest: String, settings: [String: String]? = nil) {
        self.digest = digest
        self.settings = settings
    }
}
