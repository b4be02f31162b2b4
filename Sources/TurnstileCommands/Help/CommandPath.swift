import ArgumentParser
import Settings

/// The commands that the first words of a command line name.
struct CommandPath {
    /// From turnstile itself to the last command that is named.
    private(set) var commands: [any ParsableCommand.Type] = [TurnstileCommand.self]
    /// The words after that command's name.
    private(set) var rest: ArraySlice<String>
    /// A word that stands where the name of a command must, and names none; nil where all words do.
    private(set) var unknown: String?
    /// True where no command is named that does anything, and no option asks for something else.
    private(set) var lacksCommand = false

    /// Options that turnstile itself takes before a command's name, with a value of their own.
    private static let optionsWithValue: Set<String> = ["--config", "--journal"]

    /// - Parameter words: the program's arguments, without its name.
    init(_ words: [String]) {
        rest = words[...]
        var asksForMore = false
        while let word = rest.first, let last = commands.last, !last.configuration.subcommands.isEmpty {
            guard !word.hasPrefix("-") else {
                let isWhole = Self.optionsWithValue.contains(word) && rest.count > 1
                asksForMore = asksForMore || !isWhole
                rest = rest.dropFirst(isWhole ? 2 : 1)
                continue
            }
            guard let next = last.configuration.subcommands.first(where: { $0._commandName == word }) else {
                unknown = word
                return
            }
            commands.append(next)
            rest = rest.dropFirst()
        }
        lacksCommand = !asksForMore && !command.configuration.subcommands.isEmpty
    }

    var command: any ParsableCommand.Type { commands.last ?? TurnstileCommand.self }

    /// The complaint about the unknown word, for people; nil where no word is.
    var complaint: String? {
        guard let unknown else { return nil }
        let name = commands.map { $0._commandName }.joined(separator: " ")
        let known = command.configuration.subcommands.map { $0._commandName }
        let nearest = Spelling.nearest(to: unknown, in: known).map { "did you mean '\($0)'?" }
        let shown = unknown.debugDescription.dropFirst().dropLast()
        return "'\(shown)' is no command of '\(name)'; "
            + (nearest ?? "those are \(known.filter { $0 != "help" }.joined(separator: ", "))")
    }
}
