extension Int {
    /// Towards zero; the nearest there is for what no `Int` holds, and 0 for what is no number. Numbers from hosts, journals and
    /// files are made whole by this alone: `Int(_:)` traps.
    public init(clamping number: Double) {
        if let whole = Int(exactly: number.rounded(.towardZero)) {
            self = whole
        } else {
            self = number.isNaN ? 0 : number < 0 ? .min : .max
        }
    }

    /// The sum; the nearest there is where no `Int` holds it. Counts from journals and files are added up by this:
    /// `+` traps.
    public func adding(clamping other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        guard overflows else { return sum }
        return other < 0 ? .min : .max
    }

    /// A number of ASCII digits alone: no sign, no blanks; nil for any other text, and for one of more digits.
    ///
    /// - Parameter digitsMax: at most 18, which an `Int` always holds.
    init?(digits text: Substring, atMost digitsMax: Int) {
        guard (1...digitsMax).contains(text.utf8.count),
            text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        self.init(text)
    }
}
