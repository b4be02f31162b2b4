import ArgumentParser
import Foundation
import Testing

@testable import TurnstileCommands

/// Turnstile accepts every turnstile command line in the pages.
@Suite struct CommandExampleTests {
    @Test(arguments: Document.guides)
    func everyCommandParses(path: String) throws {
        for words in Set(try Self.commands(of: Document(path))) {
            #expect(Self.fault(of: words) == nil, "\(path): \(words.joined(separator: " "))")
        }
    }

    @Test func thePagesHaveCommands() throws {
        #expect(try Self.commands(of: Document("README.md")).count > 20)
        #expect(try Self.commands(of: Document("docs/holds.md")).count > 50)
    }

    /// Examples that the test above must refuse.
    @Test(arguments: [
        "turnstile shout", "turnstile upgrade --fast", "turnstile audit --output xml", "turnstile lose a b",
        "turnstile rollback a b", "turnstile upgrade --override etcd='because'",
    ])
    func aCommandThatIsNoneIsFound(line: String) throws {
        let page = Document(path: "x.md", text: "```sh\n\(line)   # so\n```\nor `\(line)`, or '\(line)'")
        let commands = Self.commands(of: page)
        #expect(commands.count >= 2)
        for words in commands { #expect(Self.fault(of: words) != nil) }
    }

    static let examplesWithoutHosts: [[String]] =
        (try? Document("README.md")).map(commands(of:))?
        .filter { ["releases", "help", "--help", "--version"].contains($0.first ?? "") } ?? []

    @Test func someExamplesNeedNoHosts() { #expect(Self.examplesWithoutHosts.count > 1) }

    /// Runs the examples in an empty directory, without hosts.
    @Test(arguments: examplesWithoutHosts)
    func examplesThatNeedNoHostsRun(words: [String]) async throws {
        let outcome = try await ProgramTests().turnstile(words)
        #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(words): \(outcome)")
    }

    // MARK: Reading

    /// The words after `turnstile` in blocks, code spans, and single quotes.
    static func commands(of page: Document) -> [[String]] {
        let quoted = page.prose.replacing(/\n\s*/, with: " ").matches(of: /'(turnstile [^'`]+)'/)
            .map { String($0.output.1) }
        let spans = page.spans.filter { $0.hasPrefix("turnstile ") }
        let lines = page.blocks.flatMap(typed) + (spans + quoted).map(whole)
        return lines.flatMap { ShellLine($0).commands }
            .filter { $0.first == "turnstile" }.map { Array($0.dropFirst()) }
    }

    /// Completes a command that a sentence names without its arguments: then only the name has to be right.
    private static func whole(_ line: String) -> String {
        line.split(separator: " ").count == 2 ? line + " --help" : line
    }

    /// The lines of a block that a person types. In a `console` block these follow a `$`; its other lines were printed.
    private static func typed(_ block: Document.Block) -> [String] {
        switch block.language {
        case "sh": block.lines.map { $0.trimmingCharacters(in: .whitespaces) }
        case "console":
            block.lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("$ ") }
                .map { String($0.dropFirst(2)) }
        default: []
        }
    }

    /// The reason why turnstile refuses these words; nil where it accepts them. A request for help is accepted.
    private static func fault(of words: [String]) -> String? {
        let names =
            ["help", "--help", "--version"]
            + TurnstileCommand.configuration.subcommands.map { $0._commandName }
        // `--help` after an unknown name prints the help of turnstile itself, which is no error.
        guard words != [words.first ?? "", "--help"] || names.contains(words[0]) else {
            return "no such command"
        }
        do {
            _ = try TurnstileCommand.parseAsRoot(words)
            return nil
        } catch {
            guard TurnstileCommand.exitCode(for: error) != .success else { return nil }
            return TurnstileCommand.message(for: error)
        }
    }
}
