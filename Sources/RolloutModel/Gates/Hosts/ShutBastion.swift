/// The host on the way to others that could not be passed.
public struct ShutBastion: Codable, Hashable, Sendable {
    /// The login and port, as messages name them: `user@host`, `user@host:port`.
    public var name: String
    /// The failure, in words that are about no host behind it.
    public var why: String

    public init(name: String, why: String) {
        self.name = ForeignText.line(name)
        self.why = ForeignText.line(why)
    }

    /// The reason among several about one bastion that counts, whatever their order.
    public static func first(of why: some Sequence<String>) -> String { why.min() ?? "" }
}
