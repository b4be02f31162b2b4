import ArgumentParser

/// A command line in which a person asks for the completion of a word.
struct CompletedLine: Hashable, Sendable {
    /// The words as they were typed, with their quotes. bash makes words of their own of `=` and `:`.
    private let words: [String]
    /// The place of the asked word in `words`, or their end.
    private let index: Int
    /// The shell that asks; nil if the shell did not name itself.
    private let shell: CompletionShell?

    /// - Parameter index: the place of the asked word, as a script says it: any number.
    init(words: [String], index: Int, shell: CompletionShell?) {
        self.words = words
        self.index = min(max(index, 0), words.count)
        self.shell = shell
    }

    /// The value of the last option of that name, without quotes; nil if the line has none, or only the shell could work
    /// it out.
    func value(of option: String) -> String? {
        var found: String?
        for (place, word) in words.enumerated() where place != index {
            if word == option {
                let isSplit = self.word(place + 1) == "="
                found = self.word(place + (isSplit ? 2 : 1))
            } else if word.hasPrefix("\(option)=") {
                found = String(word.dropFirst(option.count + 1))
            }
        }
        return found.flatMap(ShellQuotes.removed)
    }

    /// True if the asked word is what follows a `=`, of which bash's script says nothing.
    private var isAfterEquals: Bool { shell == .bash && (word(index) == "=" || word(index - 1) == "=") }

    /// The values as the shell takes them for the asked word.
    func offered(_ values: [String]) -> [String] {
        guard !isAfterEquals else { return [] }
        switch shell {
        case .bash?:
            let start = textBeforeColon
            return values.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
        // zsh takes what follows a colon for a description.
        case .zsh?:
            return values.map {
                $0.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:")
            }
        default: return values
        }
    }

    /// The text up to the last colon before the cursor, which bash takes for words of their own.
    private var textBeforeColon: String {
        let isAtColon = word(index).map(Self.isColons) ?? false
        var rest = words.prefix(isAtColon ? index + 1 : index)
        var text = ""
        while let colons = rest.last, Self.isColons(colons) {
            text = colons + text
            rest.removeLast()
            guard let name = rest.last, !Self.isColons(name) else { continue }
            text = name + text
            rest.removeLast()
        }
        return text
    }

    private static func isColons(_ word: String) -> Bool { !word.isEmpty && word.allSatisfy { $0 == ":" } }

    private func word(_ place: Int) -> String? { words.indices.contains(place) ? words[place] : nil }
}
