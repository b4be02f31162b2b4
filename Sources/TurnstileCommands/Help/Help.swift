import ArgumentParser
import Reports
import Settings

/// `turnstile help`
struct Help: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help", abstract: "The help of a command, or the holds of a gate: help holds etcd.",
        // The parser names it at the end of the page.
        shouldDisplay: false)

    @Argument(help: "A command's name, or holds and a gate's.")
    var topic: [String] = []

    /// The first word of a topic that is no command.
    private static let holds = "holds"

    func validate() throws {
        guard topic.first != Self.holds else { return try requireGate() }
        let path = CommandPath(topic)
        if let complaint = path.complaint { throw ValidationError(complaint) }
        if let word = path.rest.first {
            throw ValidationError("'\(word.debugDescription.dropFirst().dropLast())' is no topic of help")
        }
    }

    func run() throws {
        guard topic.first == Self.holds else { throw CleanExit.helpRequest(CommandPath(topic).command) }
        let terminal = Terminal.standardOutput()
        let lines = topic.dropFirst().first.map { HoldGuide.lines(of: $0) } ?? HoldGuide.overview
        lines.forEach { print(terminal.wrapped($0)) }
    }

    private func requireGate() throws {
        guard topic.count <= 2 else { throw ValidationError("help holds: name one gate") }
        guard let gate = topic.dropFirst().first, !HoldGuide.gates.contains(gate) else { return }
        let nearest = Spelling.nearest(to: gate, in: HoldGuide.gates).map { "did you mean '\($0)'?" }
        let hint = nearest ?? "those are \(HoldGuide.gates.joined(separator: ", "))"
        throw ValidationError("'\(gate.debugDescription.dropFirst().dropLast())' is no gate; \(hint)")
    }
}
