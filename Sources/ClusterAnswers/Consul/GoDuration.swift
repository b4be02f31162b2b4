import HostFiles

/// A duration as Go's programs take it: `30s`, `1m30s`, `1.5h`.
public struct GoDuration: Hashable, Sendable {
    public var span: Duration

    private static let units: [(name: String, seconds: Double)] = [
        // Units that begin with the name of another unit come first.
        ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("h", 3600), ("m", 60), ("s", 1),
    ]

    /// nil for what is none, and for a negative one, which no setting that is read here takes.
    public init?(_ text: some StringProtocol) {
        var rest = Substring(text)[...]
        guard rest.utf8.count <= 64, !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits), number.isFinite else { return nil }
            rest = rest[digits.endIndex...]
            guard let unit = Self.units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            rest = rest.dropFirst(unit.name.count)
            total += number * unit.seconds
        }
        span = Duration(clamping: total)
    }
}
