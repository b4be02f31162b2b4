import Foundation

/// The first line of a status: the state, and why.
extension RolloutSummary {
    /// The title, wrapped at words.
    func titleLines(on terminal: Terminal, now: Date) -> [String] {
        var lines = terminal.lines(of: title(now: now))
        let head = "Rollout \(rollout): "
        guard let first = lines.first, first.hasPrefix(head + stateWords) else { return lines }
        lines[0] =
            head + terminal.paint(stateWords, colour) + first.dropFirst(head.count + stateWords.count)
        return lines
    }

    func title(now: Date) -> String {
        let words =
            switch state {
            case "held": held(now: now)
            case "cut-off": stopped ?? stateWords
            case "taking-up": "\(stateWords): its hosts are asked, and nothing was gone on with yet"
            default: stateWords + (targetWords.map { "; target \($0)" } ?? "")
            }
        return Columns.Cell("Rollout \(rollout): \(words)").text
    }

    /// True if the title says where the rollout stands, in the place of its target.
    var titleTellsCourse: Bool { state == "held" || state == "cut-off" }

    /// nil for a way back, which has none.
    var targetWords: String? { target ?? (undoes == nil ? "not known yet" : nil) }

    /// The state in words.
    var stateWords: String {
        switch state {
        case "cut-off": "stopped"
        case "taking-up": "being taken up"
        default: state
        }
    }

    /// The change that a reader who watches is told of.
    package var news: String {
        let count = "\(doneWords) done"
        let asked = isAskedToHold ? "; a hold was asked for" : ""
        return "\(stateWords), \(count): \(stopped ?? heldReason ?? doing)\(asked)"
    }

    /// `held since 22:30 UTC (3 min ago): 'practice-5' has not come back from its reboot`
    private func held(now: Date) -> String {
        let time = heldSince.flatMap { RolloutText.clock($0, now: now) }
        let age = heldSince.flatMap { RolloutText.age(since: $0, now: now) }.map { " (\($0) ago)" } ?? ""
        return "held" + (time.map { " since \($0)\(age)" } ?? "") + ": \(heldReason ?? doing)"
    }

    /// The reason of a hold without the word for it; nil where it is not held.
    private var heldReason: String? {
        guard state == "held", doing.hasPrefix(stateWords) else { return nil }
        return String(doing.dropFirst(stateWords.count).drop { $0 == ":" || $0 == " " })
    }

    private var colour: Terminal.Colour {
        switch state {
        case "upgraded", "nothing-offered", "abandoned", "rolled-back", "platform-upgraded",
            "platform-restored":
            .green
        case "held", "cut-off", "taking-up": .yellow
        default: .bold
        }
    }
}
