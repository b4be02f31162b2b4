import RolloutModel

/// A remedy as prose, with what can be pasted on lines of its own.
struct FixText {
    var configuration: String
    var invocation: Invocation

    enum Block: Hashable {
        /// Words, none of which is to be broken.
        case prose([String])
        /// A command or a setting as it is typed.
        case paste(String)
    }

    func blocks(_ remedy: Remedy) -> [Block] {
        var blocks: [Block] = []
        var isSetting = false
        for step in remedy.steps(in: nil) {
            let (words, paste) = parted(step)
            if paste?.isSetting == true, words.isEmpty, !isSetting {
                blocks.append(.prose(["in", ForeignText.line(configuration) + ":"]))
            }
            if !words.isEmpty { blocks.append(.prose(words)) }
            if let paste { blocks.append(.paste(paste.text)) }
            isSetting = paste?.isSetting == true
        }
        return blocks
    }

    private struct Paste {
        var text: String
        var isSetting: Bool
    }

    /// A part that ends a step stands on a line of its own, where the words before it end with a colon or are missing.
    private func parted(_ step: Remedy.Step) -> (words: [String], Paste?) {
        let parts = step.parts
        let before = parts.dropLast()
        let isLed: Bool =
            switch before.last {
            case nil: true
            case .words(let words)?: words.hasSuffix(": ") || words.hasSuffix(":")
            default: false
            }
        guard isLed, let last = parts.last, let paste = paste(last) else { return (words(parts[...]), nil) }
        return (words(before), paste)
    }

    private func paste(_ part: Remedy.Step.Part) -> Paste? {
        switch part {
        case .command(let line, _, _): Paste(text: ForeignText.line(line.description), isSetting: false)
        case .look(let command), .choice(let command), .next(let command?):
            Paste(text: invocation.typed(command), isSetting: false)
        case .setting(let key, let value?):
            Paste(text: ForeignText.line("\(key): \(value)"), isSetting: true)
        case .words, .next(nil), .setting(_, nil), .option, .override, .wait: nil
        }
    }

    private func words(_ parts: ArraySlice<Remedy.Step.Part>) -> [String] {
        var words: [String] = []
        var isOpen = false
        for part in parts {
            let text = ForeignText.line(part.text(typed: invocation.typed))
            // A command is one word, whatever blanks are in it.
            let pieces: [String]
            if case .words = part { pieces = WrappedText.words(text) } else { pieces = [text] }
            guard let first = pieces.first else {
                isOpen = isOpen && text.isEmpty
                continue
            }
            if isOpen, text.first != " ", let last = words.popLast() {
                words += [last + first] + pieces.dropFirst()
            } else {
                words += pieces
            }
            isOpen = text.last != " "
        }
        return words
    }
}
