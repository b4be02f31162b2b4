import ArgumentParser
import Foundation
import Testing

@testable import Reports
@testable import TurnstileCommands

/// `--help` of every command on one screen, and `help` in full.
@Suite struct HelpScreenTests {
    /// Every command, by the words of its name.
    static let names = names(of: TurnstileCommand.self, [])

    private static func names(of command: any ParsableCommand.Type, _ name: [String]) -> [[String]] {
        [name]
            + command.configuration.subcommands.filter { $0._commandName != "help" }
            .flatMap { names(of: $0, name + [$0._commandName]) }
    }

    @Test func thereAreManyCommands() { #expect(Self.names.count > 30) }

    @Test(arguments: names) func itsHelpFitsAScreen(name: [String]) throws {
        let screen = try #require(HelpScreen(askedBy: name + ["--help"]))
        #expect(screen.lines.count < HelpScreen.rows, "\(screen.lines.count): \(screen.lines)")
        for line in screen.lines { #expect(line.columns <= HelpScreen.columns, "\(line)") }
        #expect(screen.lines[0].hasPrefix("Usage: \((["turnstile"] + name).joined(separator: " "))"))
    }

    /// Every option is there, by a line of its own or by its name.
    @Test(arguments: names.dropFirst()) func itsHelpNamesEveryOption(name: [String]) throws {
        let path = CommandPath(name)
        let (screen, info) = (try #require(HelpScreen(of: path)), try #require(CommandInfo.of(path)))
        let text = screen.lines.joined(separator: "\n")
        guard info.subcommands?.isEmpty != false else { return }
        for option in info.ownArguments.compactMap(\.option) { #expect(text.contains(option), "\(option)") }
        let leading = HelpWords.of(["turnstile"] + name).leading
        let known = Set(info.ownArguments.compactMap(\.option))
        #expect(leading.filter { !known.contains($0) } == [])
    }

    @Test(arguments: names) func itsExamplesAreTaken(name: [String]) throws {
        let examples = HelpWords.of(["turnstile"] + name).examples
        #expect(!examples.isEmpty)
        for example in examples {
            let line = example.replacing("\\\n", with: " ")
            let words = try #require(ShellLine(line).commands.first)
            #expect(throws: Never.self, "\(line)") {
                try TurnstileCommand.parseAsRoot(Array(words.dropFirst()))
            }
        }
    }

    @Test func theWordsAreOfCommands() {
        let known = Set(Self.names.map { $0.joined(separator: " ") })
        #expect(Set(HelpWords.all.keys) == known)
        let commands = Set(TurnstileCommand.configuration.subcommands.map { $0._commandName })
        #expect(Set(HelpWords.groups.flatMap(\.names)) == commands)
    }

    /// The help in full has no line that a terminal wraps.
    @Test(arguments: names) func theWholeHelpIsNoWiderThanATerminal(name: [String]) {
        let page = TurnstileCommand.helpMessage(for: CommandPath(name).command, columns: HelpScreen.columns)
        for line in page.split(separator: "\n") { #expect(line.count <= HelpScreen.columns, "\(line)") }
    }

    /// The parser adds the default of an option that has one. The page has a paragraph an option.
    @Test(arguments: names) func anOptionHasItsDefaultOnce(name: [String]) {
        let page = TurnstileCommand.helpMessage(for: CommandPath(name).command, columns: HelpScreen.columns)
        var paragraphs: [String] = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            let isNext = line.isEmpty || line.hasPrefix("  -") || line.hasPrefix("  <") || paragraphs.isEmpty
            if isNext { paragraphs.append("") }
            paragraphs[paragraphs.count - 1] += line + "\n"
        }
        for paragraph in paragraphs {
            #expect(paragraph.components(separatedBy: "default:").count <= 2, "\(paragraph)")
        }
    }

    @Test(
        arguments: [
            (["upgrade"], false), (["upgrade", "--help"], true), (["-h"], true), ([], true),
            (["lose", "a", "-h"], true), (["platform"], true), (["platform", "migrate"], true),
            (["--config", "x.yaml"], true), (["--config"], false), (["--version"], false),
            (["--config", "x.yaml", "status"], false), (["platform", "nosuch"], false),
            (["audit", "--", "--help"], false), (["help", "upgrade"], false),
            (["---completion", "audit", "--", "hosts", "0", "--help"], false),
        ] as [([String], Bool)])
    func aLineAsksForAScreenOrNot(words: [String], asks: Bool) {
        #expect((HelpScreen(askedBy: words) != nil) == asks)
    }
}
