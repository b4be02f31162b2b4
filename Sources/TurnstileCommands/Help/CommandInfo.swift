import ArgumentParser
import Foundation

/// A command's names and arguments, as the parser tells them (`--experimental-dump-help`).
struct CommandInfo: Decodable {
    var commandName: String
    var abstract: String?
    var subcommands: [CommandInfo]?
    var arguments: [Argument]?

    struct Argument: Decodable {
        enum Kind: String, Decodable { case positional, option, flag }

        struct Name: Decodable {
            enum Kind: String, Decodable { case long, short, longWithSingleDash }

            var kind: Kind
            var name: String
        }

        var kind: Kind
        var names: [Name]?
        var valueName: String?
        var abstract: String?
        var isOptional: Bool
        var isRepeating: Bool

        /// `--limit`; nil for an argument without a name.
        var option: String? {
            names?.first { $0.kind == .long }.map { "--\($0.name)" }
        }

        /// `--limit PATTERN`, `HOSTS ...`
        var label: String {
            let value = (valueName ?? "value").uppercased()
            switch kind {
            case .positional: return isRepeating ? "\(value) ..." : value
            case .flag: return option ?? ""
            case .option: return "\(option ?? "") \(value)"
            }
        }
    }

    private struct Program: Decodable { var command: CommandInfo }

    /// - Returns: nil where the parser tells something else than is known here.
    static func of(_ path: CommandPath) -> CommandInfo? {
        let dump = Data(TurnstileCommand._dumpHelp().utf8)
        var found = try? JSONDecoder().decode(Program.self, from: dump).command
        for command in path.commands.dropFirst() {
            found = found?.subcommands?.first { $0.commandName == command._commandName }
        }
        return found
    }

    /// The arguments but those that every command has.
    var ownArguments: [Argument] {
        (arguments ?? []).filter { !["--help", "--version"].contains($0.option) }
    }
}
