/// A line of update.conf that update-engine takes otherwise than whoever wrote it: values are taken as they stand, with
/// quotes, blanks and the CR of a line's end (facts 0.61).
public struct OddSetting: Codable, Hashable, Sendable {
    /// `GROUP` or `SERVER`.
    public var key: String
    /// The value as the engine reads it.
    public var value: String
    public var path: String
    /// Counted from 1.
    public var line: Int
    /// The value that was meant, as far as that can be told.
    public var meant: String

    public init(key: String, value: String, path: String, line: Int, meant: String) {
        self.key = key
        self.value = value
        self.path = path
        self.line = line
        self.meant = meant
    }
}
