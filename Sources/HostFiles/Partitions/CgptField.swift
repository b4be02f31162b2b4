/// The bare values of `cgpt show -i N FLAG DISK`.
public enum CgptField: String, CaseIterable, Hashable, Sendable {
    case priority = "-P"
    case tries = "-T"
    case successful = "-S"
    case label = "-l"
    case uniqueID = "-u"

    /// The option of `cgpt show` that prints it.
    public var flag: String { rawValue }

    private var numbers: ClosedRange<Int> { self == .successful ? 0...1 : 0...15 }

    /// The number that `cgpt` printed for priority, tries or successful.
    public func number(in output: String) throws(MalformedText) -> Int {
        let line = try TextBounds.small.onlyLine(of: output, as: .cgptValue)
        guard let number = number(line.trimmingBlanks) else {
            throw .unexpected(
                .cgptValue, found: line,
                expected: "\(self) of \(numbers.lowerBound) to \(numbers.upperBound)")
        }
        return number
    }

    /// The text that `cgpt` printed for label or unique id; empty where the partition has none.
    public func text(in output: String) throws(MalformedText) -> String {
        String(try TextBounds.small.onlyLine(of: output, as: .cgptValue))
    }

    func number(_ text: Substring) -> Int? {
        guard let number = text.decimal(as: Int.self), numbers.contains(number) else { return nil }
        return number
    }
}
