import HostFiles

/// The releases that hosts should run, as a person writes them: `1409.7.0`, `1409`, `1409.7.0..1911`, `>=1409`.
///
/// A bound may leave out its last numbers, and then means every release that begins so: `1409..1911` ends with the last
/// release of 1911.
public struct ExpectedRelease: Hashable, Sendable, CustomStringConvertible {
    private var lowest: Bound?
    private var highest: Bound?
    public let description: String

    private struct Bound: Hashable, Sendable {
        var numbers: [Int]
        var isIncluded = true
    }

    public static let form = "a release or a range, such as 1409.7.0, 1409.7.0..1911 or '>=1409'"

    /// nil for anything else, a range that ends before it begins among it.
    public init?(_ text: String) {
        description = text
        if let dots = text.firstRange(of: "..") {
            guard let low = Self.numbers(text[..<dots.lowerBound]),
                let high = Self.numbers(text[dots.upperBound...])
            else { return nil }
            lowest = Bound(numbers: low)
            highest = Bound(numbers: high)
            // Compared as far as both say something.
            let shared = min(low.count, high.count)
            guard !high.prefix(shared).lexicographicallyPrecedes(low.prefix(shared)) else { return nil }
            return
        }
        let operators = [">=", "<=", ">", "<"]
        let sign = operators.first { text.hasPrefix($0) } ?? ""
        guard let numbers = Self.numbers(text.dropFirst(sign.count)) else { return nil }
        let bound = Bound(numbers: numbers, isIncluded: sign.isEmpty || sign.hasSuffix("="))
        if !sign.hasPrefix("<") { lowest = bound }
        if !sign.hasPrefix(">") { highest = bound }
    }

    /// False also for what is no release.
    public func contains(_ version: String) -> Bool {
        guard let release = ReleaseVersion(version) else { return false }
        let numbers = [release.major, release.branch, release.patch]
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

    private static func numbers(_ text: Substring) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part -> Int? in
            guard (1...9).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else {
                return nil
            }
            return Int(part)
        }
        return (1...3).contains(parts.count) && numbers.count == parts.count ? numbers : nil
    }
}
