extension StringProtocol {
    /// The columns that a terminal gives the text, which has neither lines nor escapes.
    ///
    /// The greater number counts where terminals differ, as about skin tones of emoji: a line that the terminal wraps could
    /// not be taken back. Characters of ambiguous width (`…`, `·`) have one column, as they have outside of old East Asian
    /// character sets.
    package var columns: Int {
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return utf8.count }
        var sum = 0
        var last: Unicode.Scalar?
        for scalar in unicodeScalars {
            sum += ScalarColumns.count(scalar, after: last)
            last = scalar
        }
        return sum
    }

    /// The longest beginning of at most so many columns. No character is parted.
    package func prefix(columns most: Int) -> SubSequence {
        var used = 0
        for index in indices {
            used += self[index...index].columns
            if used > most { return self[..<index] }
        }
        return self[...]
    }

    /// The text with blanks behind it, up to a width in columns.
    package func padded(to width: Int) -> String {
        String(self) + String(repeating: " ", count: Swift.max(0, width - columns))
    }
}

/// The columns of a single scalar on a terminal.
enum ScalarColumns {
    /// - Parameter last: the scalar before it; a selector makes that one an emoji.
    static func count(_ scalar: Unicode.Scalar, after last: Unicode.Scalar?) -> Int {
        guard scalar == emojiSelector, let last else { return count(scalar) }
        return last.properties.isEmoji && count(last) == 1 ? 1 : 0
    }

    private static func count(_ scalar: Unicode.Scalar) -> Int {
        if isDrawnOverTheLast(scalar) { return 0 }
        return isWide(scalar) ? 2 : 1
    }

    private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"

    private static func isDrawnOverTheLast(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: true
        // Terminals draw a soft hyphen.
        case .format: scalar.value != 0xAD
        default: medials.contains { $0.contains(scalar.value) }
        }
    }

    /// Vowels and finals of Hangul, which join the consonant before them.
    private static let medials: [ClosedRange<UInt32>] = [0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB]

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        if wide.contains(where: { $0.contains(scalar.value) }) { return true }
        // A flag is two letters of a column each.
        return scalar.properties.isEmojiPresentation && !(0x1F1E6...0x1F1FF).contains(scalar.value)
    }

    /// The scalars that EastAsianWidth.txt of Unicode 14.0 calls W or F, and those that 16.0 made W (the five ranges with
    /// symbols of the Yijing, and counting rods). Gaps of unassigned scalars are within them. Emoji are left to the property
    /// `Emoji_Presentation`, as all of them are W but the letters of flags.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
        0x3250...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE19, 0xFE30...0xFE6B,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1D300...0x1D356, 0x1D360...0x1D376,
        0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
