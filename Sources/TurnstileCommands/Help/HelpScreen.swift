import ArgumentParser
import Foundation
import Reports

/// A command's help on one screen of 24 rows and 80 columns, with a row left for the shell: what the command does, examples,
/// and the options that are wanted most. `turnstile help` and the manual pages have every option in full.
public struct HelpScreen {
    static let (rows, columns) = (24, 80)

    let lines: [String]

    /// The screen that a command line asks for; nil where it asks for none.
    ///
    /// - Parameter arguments: the program's arguments, without its name.
    public init?(askedBy arguments: some Collection<String>) {
        let words = arguments.prefix { $0 != "--" }
        let isOfShell = words.contains { $0.hasPrefix("---completion") || $0.hasPrefix("--generate") }
        let path = CommandPath(Array(arguments))
        guard !isOfShell, path.lacksCommand || words.contains("--help") || words.contains("-h") else {
            return nil
        }
        self.init(of: path)
    }

    /// nil for `help` itself, and where the parser tells nothing of the command.
    init?(of path: CommandPath) {
        guard path.unknown == nil, let info = CommandInfo.of(path), info.commandName != "help" else {
            return nil
        }
        let name = path.commands.map { $0._commandName }
        let whole = Self.lines(name, info, isShort: false)
        lines = whole.count >= Self.rows ? Self.lines(name, info, isShort: true) : whole
    }

    /// - Parameter isShort: true where each option has one line, and the rest of its text is left out.
    private static func lines(_ name: [String], _ info: CommandInfo, isShort: Bool) -> [String] {
        let words = HelpWords.of(name)
        let middle =
            name.count == 1
            ? overview : children(of: info, isShort) + options(of: info, leading: words.leading, isShort)
        return ["Usage: \(usage(name, info))", ""] + wrapped(info.abstract ?? "") + ["", "Examples:"]
            + words.examples.flatMap(example) + [""] + middle + closing(name)
    }

    /// A command, which may go on in further lines.
    private static func example(_ command: String) -> [String] {
        ("  " + command).split(separator: "\n").map(String.init)
    }

    public func show() {
        for line in lines { print(line) }
    }

    private static func usage(_ name: [String], _ info: CommandInfo) -> String {
        let own = info.ownArguments
        let words = [
            own.contains { $0.kind != .positional } ? "[OPTIONS]" : nil,
            info.subcommands?.isEmpty == false ? "COMMAND" : nil,
        ]
        let positional = own.filter { $0.kind == .positional }.map {
            $0.isOptional ? "[\($0.label)]" : $0.label
        }
        return (name + words.compactMap(\.self) + positional).joined(separator: " ")
    }

    /// The commands by what they are for.
    private static let overview =
        HelpWords.groups.flatMap { title, names in
            HangingText(head: title.padding(toLength: 16, withPad: " ", startingAt: 0), columns: columns)
                .lines(names.joined(separator: ", "))
        } + ["", "Exit codes: 0 done, 1 failed, 2 held (someone must look), 64 usage."]

    private static func children(of info: CommandInfo, _ isShort: Bool) -> [String] {
        let children = (info.subcommands ?? []).filter { $0.commandName != "help" }
        let width = children.map(\.commandName.count).max() ?? 0
        let lines = children.flatMap {
            table($0.commandName, width, sentence($0.abstract ?? ""), isShort)
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    /// A line or two for each argument that is wanted most, and the names of the others.
    private static func options(of info: CommandInfo, leading: [String], _ isShort: Bool) -> [String] {
        let isGroup = info.subcommands?.isEmpty == false
        let own = isGroup ? [] : info.ownArguments
        let first = own.filter { argument in
            argument.kind == .positional || !argument.isOptional || leading.contains(argument.option ?? "")
        }
        let width = first.map(\.label.count).max() ?? 0
        let lines = first.flatMap { table($0.label, width, sentence($0.abstract ?? ""), isShort) }
        let others = own.compactMap { argument in
            first.contains { $0.label == argument.label } ? nil : argument.option
        }
        let rest = others.isEmpty ? [] : wrapped("Also: " + others.joined(separator: ", "))
        return lines.isEmpty && rest.isEmpty ? [] : lines + rest + [""]
    }

    private static func table(_ label: String, _ width: Int, _ text: String, _ isShort: Bool) -> [String] {
        let head = "  " + label.padding(toLength: width, withPad: " ", startingAt: 0) + "  "
        let lines = HangingText(head: head, columns: columns).lines(text)
        guard isShort, lines.count > 1 else { return lines }
        return [ShortText.cut(head + text, to: columns)]
    }

    private static func wrapped(_ text: String) -> [String] {
        WrappedText(columns: columns).lines(text.split(separator: " ").map(String.init), indent: 0)
    }

    /// The first sentence, without what follows a colon that more would be said of.
    private static func sentence(_ text: String) -> String {
        let end = text.firstRange(of: ". ")?.lowerBound ?? text.endIndex
        let sentence = text[..<end]
        return String(sentence.hasSuffix(".") ? sentence.dropLast() : sentence)
    }

    private static func closing(_ name: [String]) -> [String] {
        let command = name.dropFirst().joined(separator: " ")
        let manual = name.joined(separator: "-")
        return command.isEmpty
            ? ["Of a command: turnstile COMMAND --help. In full: turnstile help, man turnstile"]
            : wrapped("Every option in full: turnstile help \(command), or man \(manual)")
    }
}
