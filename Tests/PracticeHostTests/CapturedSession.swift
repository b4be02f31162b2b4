import Testing

@testable import PracticeHost

/// Plays the commands of a capture on a scripted platform, in their order, and compares what is printed.
struct CapturedSession {
    let platform = ScriptedPlatform()
    private var entries: ArraySlice<DeisCapture.Entry>

    init(_ name: String) throws { entries = try DeisCapture(name).entries[...] }

    var isOver: Bool { entries.isEmpty }

    /// The next command of the capture that is deisctl's.
    mutating func next() -> DeisCapture.Entry? {
        while let entry = entries.popFirst() {
            if entry.command.hasPrefix("deisctl ") { return entry }
        }
        return nil
    }

    /// Passes over commands until one.
    mutating func skip(to command: String) {
        while let entry = entries.first, entry.command != command { entries.removeFirst() }
    }

    /// Plays the next command, which must be this one.
    mutating func play(_ command: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let entry = try #require(next(), "the capture is over", sourceLocation: sourceLocation)
        try #require(entry.command == command, sourceLocation: sourceLocation)
        platform.change { world in
            world.starts = Self.shown(in: entry.out, endingWith: ["running", "failed", "auto-restart"])
            world.stops = Self.shown(in: entry.out, endingWith: ["dead"])
            // Units start twice only if the command came to the data plane.
            world.startedTwice = entry.out.contains("Data plane...") ? Self.startedTwice[command] ?? [] : []
        }
        let outcome = platform.run(command.split(separator: " ").dropFirst().map(String.init))
        #expect(
            outcome.exitCode == (entry.wasEnded ? nil : entry.exitCode), "\(command)",
            sourceLocation: sourceLocation)
        #expect(
            Self.comparable(outcome.out) == Self.comparable(entry.out), "\(command)",
            sourceLocation: sourceLocation)
        #expect(
            Self.comparable(outcome.err) == Self.comparable(entry.err), "\(command)",
            sourceLocation: sourceLocation)
    }

    private static let startedTwice: [String: Set<String>] = {
        let control = ["database", "registry@1", "controller", "builder", "publisher"]
        let routers = (1...3).map { "router@\($0)" }
        return [
            "deisctl start platform": Set((control + routers).map { "deis-\($0).service" }),
            "deisctl upgrade-takeover": Set(control.map { "deis-\($0).service" }),
        ]
    }()

    /// The states that a command showed of each unit: once for each time that it came to one of the ends.
    private static func shown(in text: String, endingWith ends: Set<String>) -> [String: [[UnitState]]] {
        var shown: [String: [[UnitState]]] = [:]
        var current: [String: [UnitState]] = [:]
        for match in text.matches(of: /\[0;33m(\S+):\u{1B}\[0m ([a-z]+)\/([a-z-]+)/) {
            let (unit, sub) = (String(match.1), String(match.3))
            current[unit, default: []].append(UnitState(active: String(match.2), sub: sub))
            guard ends.contains(sub) else { continue }
            shown[unit, default: []].append(current.removeValue(forKey: unit) ?? [])
        }
        return shown
    }

    /// The batches of a text, each in an order of its own: the real deisctl prints its lines in none.
    static func comparable(_ text: String) -> [[String]] {
        var sections: [[String]] = [[]]
        for piece in pieces(of: text) {
            if piece.hasPrefix("\u{1B}[0;33m") || piece == "\n" {
                sections[sections.count - 1].append(piece)
            } else {
                sections += [[piece], []]
            }
        }
        return sections.map { $0.sorted() }.filter { !$0.isEmpty }
    }

    /// Lines, and what a carriage return ends, with their ends.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var piece: [UInt8] = []
        for byte in text.utf8 {
            piece.append(byte)
            guard byte == 0x0A || byte == 0x0D else { continue }
            pieces.append(String(decoding: piece, as: UTF8.self))
            piece = []
        }
        return piece.isEmpty ? pieces : pieces + [String(decoding: piece, as: UTF8.self)]
    }
}
