/// Releases as people name them: one, a whole series, or all from one to another.
public enum ReleaseSpan: Hashable, Sendable {
    /// `1409.7.0`: this very one, a build between releases (`1409.7.0+dev-1`) among them.
    case one(Version)
    /// `1409`, `1409.7`, `1353.8.0..1409.7.0`, `1353..1409`
    case range(ClosedRange<ReleaseNumber>)

    /// nil for what names none, or runs backwards.
    public init?(_ text: String) {
        if ReleaseNumber(Version(text)) != nil {
            self = .one(Version(text))
            return
        }
        let ends = Self.ends(of: text)
        guard let from = ends.first.flatMap({ Self.numbers($0) }),
            let to = ends.last.flatMap({ Self.numbers($0) })
        else { return nil }
        let (lowest, highest) = (Self.number(from, filledWith: 0), Self.number(to, filledWith: .max))
        guard lowest <= highest else { return nil }
        self = .range(lowest...highest)
    }

    /// What stands on either side of `..`; the text itself where there is none.
    private static func ends(of text: String) -> [Substring] {
        guard let dots = text.indices.first(where: { text[$0...].hasPrefix("..") }) else {
            return [text[...]]
        }
        return [text[..<dots], text[text.index(dots, offsetBy: 2)...]]
    }

    /// One to three numbers.
    private static func numbers(_ text: Substring) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let missing = 3 - parts.count
        let whole = text + String(repeating: ".0", count: max(0, missing))
        guard missing >= 0, !whole.contains("+"), let number = ReleaseNumber(Version(String(whole))) else {
            return nil
        }
        return Array([number.major, number.branch, number.patch].prefix(parts.count))
    }

    private static func number(_ numbers: [Int], filledWith filler: Int) -> ReleaseNumber {
        let all = numbers + Array(repeating: filler, count: 3 - numbers.count)
        return ReleaseNumber(all[0], all[1], all[2])
    }
}

extension ReleaseTable {
    /// The releases that are named, of one distribution or of both.
    public func releases(
        named span: ReleaseSpan?, of distribution: Release.Distribution? = nil
    ) -> [Release] {
        let found =
            switch span {
            case nil: releases
            case .one(let version): releases(of: version)
            case .range(let range): releases(in: range)
            }
        return found.filter { distribution == nil || $0.distribution == distribution }
    }

    /// The releases just before and after a number.
    public func neighbours(
        of number: ReleaseNumber, of distribution: Release.Distribution? = nil
    ) -> [Release] {
        let all = releases.filter { distribution == nil || $0.distribution == distribution }
        let before = all.filter { $0.number < number }.max { $0.number < $1.number }
        let after = all.filter { $0.number > number }.min { $0.number < $1.number }
        return [before, after].compactMap(\.self)
    }
}
