import Foundation
import RolloutJournal
import RolloutModel
import SampleReports
import Testing

/// `history`, `journal verify` and `hold`, which read journals and reach no host.
extension ProgramTests {
    static let held: [RolloutMachine.Event] =
        out + [.resumed(retryReverted: false), .notReturned(waited: .seconds(60), why: "no route")]

    @Test func historyListsEveryRollout() async throws {
        let outcome = try await turnstile(["history"], files: files(Self.held))
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("r-1      held   0 of 2  2.0.0   core@bastion"))
    }

    @Test func historyTellsEveryEntryOfOne() async throws {
        let outcome = try await turnstile(["history", "r-1"], files: files(Self.held))
        #expect(outcome.status == 0, "\(outcome)")
        for words in [
            "upgrade of 127.0.0.1:1, 127.0.0.1:2, by core@bastion",
            "taken up by core@bastion, under token 1", "gates open; it runs 1.0.0",
            "2.0.0 staged on USR-B, armed for one try", "not back after 1:00: no route. Held: ",
            "gone on with",
        ] {
            #expect(outcome.output.contains(words), "\(words): \(outcome.output)")
        }
        let json = try await turnstile(
            ["history", "r-1", "--output", "json"], files: files(Self.held))
        let lines = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect(lines.count == 2 + Self.held.count)
        #expect(lines.last?["host"] as? String == "127.0.0.1:1")
        #expect((lines.last?["held"] as? [String])?.count == 1)
    }

    /// The history shows the hook, its place, and the last lines of its output.
    @Test func aHooksWordIsInTheHistory() async throws {
        let word = HookWord(
            hook: .gate, on: HostID("core-9"), host: HostID("127.0.0.1:1"), checkpoint: .beforeReboot,
            verdict: .proceed, output: "12 GB\nbacked up")
        let files = try await files(Self.held, said: word)
        let outcome = try await turnstile(["history", "r-1"], files: files)
        #expect(
            outcome.output.contains("your hook 'gate' on 'core-9' lets through: 12 GB backed up"),
            "\(outcome)")
        let json = try await turnstile(["history", "r-1", "--output", "json"], files: files)
        #expect(json.output.contains(#""output" : "12 GB\nbacked up""#), "\(json)")
        #expect(json.output.contains(#""kind" : "said""#), "\(json)")
    }

    @Test func aDamagedJournalIsNamedAndHidesNoOther() async throws {
        var files = try await files(Self.held)
        let journal = try #require(files["journals/r-1.jsonl"])
        files["journals/r-2.jsonl"] = journal.replacing("no route", with: "no router")
        let outcome = try await turnstile(["history"], files: files)
        #expect(outcome.status == 1, "\(outcome)")
        #expect(outcome.output.contains("r-1 "))
        #expect(outcome.errors.contains("r-2.jsonl' is damaged at entry 7"))
    }

    /// Hosts that do not answer saw nothing that they could tell.
    @Test(arguments: [[], ["--hosts"]]) func whatIsVerifiedIsOfItsSchema(options: [String]) async throws {
        let outcome = try await turnstile(
            ["journal", "verify", "r-1", "--output", "json"] + options, files: files(Self.held))
        #expect(outcome.status == 0, "\(outcome)")
        let (schema, seen) = (try JSONSchema("verify"), try JSONSchema.places(in: outcome.output))
        #expect(try schema.objections(to: outcome.output) == [], "\(outcome)")
        let missing = schema.places.subtracting(seen)
        #expect(options.isEmpty == missing.contains("$.seen"), "\(missing)")
    }

    /// Also the list of all rollouts.
    @Test func rolloutsAreOfTheirSchema() async throws {
        let list = try await turnstile(["history", "--output", "json"], files: files(Self.held))
        let status = try await turnstile(["status", "--output", "json"], files: files(Self.held))
        let schema = try JSONSchema("rollout")
        #expect(try schema.objections(to: status.output) == [], "\(status)")
        let only = list.output.trimmingCharacters(in: .whitespacesAndNewlines).dropFirst().dropLast()
        #expect(try schema.objections(to: String(only)) == [], "\(list)")
    }

    /// The changes that are made to a journal.
    enum Change: CaseIterable {
        case none, torn, wordsChanged, firstLost, oneLost, twoSwapped

        func made(to text: String) -> String {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: true)
            switch self {
            case .none: break
            case .torn: return text + #"{"number":10,"at"#
            case .wordsChanged: return text.replacing("no route", with: "no router")
            case .firstLost: lines.removeFirst()
            case .oneLost: lines.remove(at: 3)
            case .twoSwapped: lines.swapAt(2, 3)
            }
            return lines.joined(separator: "\n") + "\n"
        }

        var finding: (status: Int32, words: String) {
            switch self {
            case .none: (0, "9 entries, each of them whole")
            case .torn: (0, "A last line of 16 bytes was never finished")
            case .wordsChanged: (1, "damaged at entry 7")
            case .firstLost: (1, "damaged at entry 1")
            case .oneLost: (1, "damaged at entry 4")
            case .twoSwapped: (1, "damaged at entry 3")
            }
        }
    }

    @Test(arguments: Change.allCases) func verifyingFindsWhatWasChanged(change: Change) async throws {
        var files = try await files(Self.held)
        files["journals/r-1.jsonl"] = files["journals/r-1.jsonl"].map(change.made)
        for named in ["r-1", "./journals/r-1.jsonl"] {
            let outcome = try await turnstile(["journal", "verify", named], files: files)
            #expect(outcome.status == change.finding.status, "\(outcome)")
            #expect((outcome.output + outcome.errors).contains(change.finding.words), "\(outcome)")
        }
    }

    @Test func nobodyIsThereToHold() async throws {
        let outcome = try await turnstile(["hold"], files: files(Self.held))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("no turnstile on this machine drives rollout r-1 now"))
        #expect(outcome.errors.contains("turnstile resume r-1"))
    }
}
