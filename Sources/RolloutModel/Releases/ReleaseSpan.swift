/// Releases as people name them: `1409.7.0`, `1409`, `1353.8.0..1409.7.0`, `>=1409`.
///
/// A bound may leave out its last numbers, and then means every release that begins so: `1409..1911` ends with the last
/// release of 1911.
public struct ReleaseSpan: Hashable, Sendable, CustomStringConvertible {
    /// The one version that is named, where it is named in full.
    public private(set) var one: Version?
    private var lowest: Bound?
    private var highest: Bound?
    /// As it was written.
    public let description: String

    public static let form = "a release or a range, such as 1409.7.0, 1409, 1353.8.0..1409.7.0 or '>=1409'"

    private struct Bound: Hashable, Sendable {
        var numbers: [Int]
        var isIncluded = true
    }

    /// nil for what names none, or runs backwards.
    public init?(_ text: String) {
        description = text
        if ReleaseNumber(Version(text)) != nil { one = Version(text) }
        // A build between releases is itself alone.
        if one != nil, text.contains("+") { return }
        if let dots = text.firstRange(of: "..") {
            guard let low = Self.numbers(text[..<dots.lowerBound]),
                let high = Self.numbers(text[dots.upperBound...])
            else { return nil }
            // Compared as far as both say something.
            let shared = min(low.count, high.count)
            guard !high.prefix(shared).lexicographicallyPrecedes(low.prefix(shared)) else { return nil }
            (lowest, highest) = (Bound(numbers: low), Bound(numbers: high))
            return
        }
        let sign = [">=", "<=", ">", "<"].first { text.hasPrefix($0) } ?? ""
        guard let numbers = Self.numbers(text.dropFirst(sign.count)) else { return nil }
        let bound = Bound(numbers: numbers, isIncluded: sign.isEmpty || sign.hasSuffix("="))
        if !sign.hasPrefix("<") { lowest = bound }
        if !sign.hasPrefix(">") { highest = bound }
    }

    /// A build after a release counts as that release, unless a build is named. False also for what is no release.
    public func contains(_ version: Version) -> Bool {
        guard let number = ReleaseNumber(version) else { return false }
        guard lowest != nil || highest != nil else { return version == one }
        let numbers = [number.major, number.branch, number.patch]
        if let lowest {
            let shared = numbers.prefix(lowest.numbers.count)
            if shared.lexicographicallyPrecedes(lowest.numbers) { return false }
            if !lowest.isIncluded, shared.elementsEqual(lowest.numbers) { return false }
        }
        if let highest {
            let shared = numbers.prefix(highest.numbers.count)
            if highest.numbers.lexicographicallyPrecedes(shared) { return false }
            if !highest.isIncluded, shared.elementsEqual(highest.numbers) { return false }
        }
        return true
    }

    /// The numbers of a text that has one to three of them; nil for any other text.
    private static func numbers(_ text: Substring) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let missing = 3 - parts.count
        guard missing >= 0, !text.contains("+") else { return nil }
        let whole = text + String(repeating: ".0", count: missing)
        return ReleaseNumber(Version(String(whole))).map {
            Array([$0.major, $0.branch, $0.patch].prefix(parts.count))
        }
    }
}

extension ReleaseTable {
    /// The releases that are named, of one distribution or of both.
    public func releases(
        named span: ReleaseSpan?, of distribution: Distribution? = nil
    ) -> [Release] {
        releases.filter { release in
            (distribution == nil || release.distribution == distribution)
                && span?.contains(release.version) ?? true
        }
    }

    /// The releases just before and after a number.
    public func neighbours(
        of number: ReleaseNumber, of distribution: Distribution? = nil
    ) -> [Release] {
        let all = releases.filter { distribution == nil || $0.distribution == distribution }
        let before = all.filter { $0.number < number }.max { $0.number < $1.number }
        let after = all.filter { $0.number > number }.min { $0.number < $1.number }
        return [before, after].compactMap(\.self)
    }
}
