/// `3.4`: all that etcd's rules about versions compare (facts 6.3).
struct EtcdMinor: Hashable, Comparable, CustomStringConvertible {
    var major: Int
    var minor: Int

    /// `3.4.23`, `3.4.0`; nil for what does not begin with two numbers.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).prefix(2).map { Int($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1], major >= 0, minor >= 0 else {
            return nil
        }
        self.major = major
        self.minor = minor
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    var description: String { "\(major).\(minor)" }
}
