import Foundation
import SampleReports
import Testing

/// docs/reports.md names every schema, and every command that prints JSON.
@Suite struct SchemaPageTests {
    private static func page() throws -> String { try Document("docs/reports.md").text }

    @Test func everySchemaIsNamed() throws {
        let page = try Self.page()
        let names = try JSONSchema.names()
        #expect(names.count > 15)
        for name in names { #expect(page.contains("(schemas/\(name).json)"), "\(name)") }
    }

    /// A command, as `--experimental-dump-help` tells it.
    private struct Command: Decodable {
        var commandName: String
        var subcommands: [Command]?
        var arguments: [Argument]?

        struct Argument: Decodable {
            var names: [Name]?
            var allValues: [String]?
            struct Name: Decodable { var name: String }
        }

        var printsJSON: Bool {
            (arguments ?? []).contains { argument in
                (argument.names ?? []).contains { $0.name == "output" }
                    && (argument.allValues ?? []).contains("json")
            }
        }
    }

    private struct Program: Decodable { var command: Command }

    private static func printing(_ command: Command, _ path: [String]) -> [String] {
        (command.printsJSON ? [path.joined(separator: " ")] : [])
            + (command.subcommands ?? []).flatMap { printing($0, path + [$0.commandName]) }
    }

    @Test func everyCommandThatPrintsJSONIsNamed() async throws {
        let dump = try await ProgramTests().turnstile(["--experimental-dump-help"])
        let program = try JSONDecoder().decode(Program.self, from: Data(dump.output.utf8))
        let commands = Self.printing(program.command, ["turnstile"])
        #expect(commands.count > 20, "\(commands)")
        let rows = try Self.page().split(separator: "\n").filter {
            $0.hasPrefix("|") && $0.contains("schemas/")
        }
        for command in commands {
            let last = command.split(separator: " ").last ?? ""
            let own = command.dropFirst("turnstile ".count)
            let isNamed = rows.contains { row in
                ["`\(command) ", "`\(own)`", "`\(last)`"].contains { row.contains($0) }
            }
            #expect(isNamed, "\(command)")
        }
    }
}
