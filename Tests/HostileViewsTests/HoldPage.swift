import Foundation
import RolloutModel

@testable import HostileViews

/// docs/holds.md: every reason to hold by the words it prints, with what to do.
struct HoldPage {
    /// The words of a reason, and the different things to do about it.
    private struct Entry {
        var words: String
        var remedies: [String] = []
        var reason: HoldReason
    }

    var text: String { Self.head + sections }

    private var sections: String {
        Set(ReasonSample.all.map(\.gate)).sorted().map { gate in
            "\n## \(gate)\n\n" + Self.entries(of: gate).map(Self.lines).joined(separator: "\n") + "\n"
        }.joined()
    }

    /// The source of `HoldGuide.page`, by which the program itself has the page.
    var source: String {
        let lines = sections.trimmingCharacters(in: .newlines).split(
            separator: "\n", omittingEmptySubsequences: false)
        return Self.sourceHead + lines.map { $0.isEmpty ? "\n" : "        \($0)\n" }.joined() + Self.sourceEnd
    }

    private static let sourceHead = """
        // Made by HoldPageTests together with docs/holds.md: TURNSTILE_WRITE_PAGES=1 writes both anew.
        // swift-format-ignore-file

        extension HoldGuide {
            /// The sections of docs/holds.md.
            static let page = #\"""

        """

    private static let sourceEnd = """
                \"""#
        }

        """

    private static let head = """
        # Holds

        Every reason for which turnstile holds, by the gate that it prints, in the words that it prints, and what to do. Hosts, versions,
        times and what others said ("it said no") are examples. Commands are completed with the options you gave. The page is made from the
        code, and a test holds it to that (`HoldPageTests`).

        A gate with `--override` can be passed over for one rollout, with a reason that goes into the journal.

        In JSON (`status`, `plan`, `upgrade` and `resume` with `--output json`) each of `holds` has its `gate`, its `name` as journals have it,
        `hosts`, what it `says`, what follows from it (`also`), the steps of its `remedy` and its `patience`: cleared by `time`, by `mending` while
        the gates are asked, by an `act` or by a `word`. A step has its `text`, and its `acts`: a command of turnstile's (`next`, `look`, `choice`),
        a `command` with its place, a `setting`, an `option`, an `override` or a `wait`.

        """

    private static func entries(of gate: String) -> [Entry] {
        var entries: [Entry] = []
        for reason in ReasonSample.all where reason.gate == gate {
            let words = words(of: reason)
            let index = entries.firstIndex { $0.words == words } ?? entries.count
            if index == entries.count { entries.append(Entry(words: words, reason: reason)) }
            let remedy = reason.hold.remedy.text(in: rollout)
            if !entries[index].remedies.contains(remedy) { entries[index].remedies.append(remedy) }
        }
        return entries
    }

    /// Where the trouble decides, it is named in place of the other's words.
    private static func words(of reason: HoldReason) -> String {
        if case .host(.hostUnreadable(_, _, _?, _)) = reason { return reason.brief }
        return reason.description
    }

    private static func lines(_ entry: Entry) -> String {
        let remedies =
            entry.remedies.count == 1
            ? "  What to do: \(entry.remedies[0])."
            : "  What to do, by the case:\n"
                + entry.remedies.map { "  - \($0)." }.joined(separator: "\n")
        return "- **\(entry.words)**\n\n\(remedies)\n"
            + facts(of: entry.reason).map { "\n  \($0)\n" }.joined()
    }

    private static func facts(of reason: HoldReason) -> [String] {
        var facts: [String] = []
        switch reason.patience {
        case .soon, .later: facts.append("Time alone clears it.")
        case .act: facts.append("Waiting does not help.")
        case .word: facts.append("A person's word clears it.")
        case .mending: break
        }
        if let gate = reason.overridableGate { facts.append("`--override \(gate)='why'` passes it over.") }
        facts.append("Then: `\(next(after: reason))`")
        return facts
    }

    private static func next(after reason: HoldReason) -> String {
        "turnstile \(NextCommand(after: [reason]).command(of: rollout).words)"
    }

    private static let rollout = RolloutID("ROLLOUT")
}
