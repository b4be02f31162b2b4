import Foundation
import Testing

/// The way back from an upgrade in place, at its steps before the point of no return.
extension PracticeClusterTests {
    @Test(.timeLimit(.minutes(60))) func theWayBackFromInPlaceLeadsToTheOldVersionFromItsSteps() async throws
    {
        try await PracticeCluster.with(["--platform", "1.13.4", "--apps", "2"]) { cluster in
            let platform = PlatformUnderTest(cluster)
            let means = try await DeisMeans(of: cluster, from: "1.13.4", to: "1.13.5")
            let before = try await PlatformPicture(platform)
            #expect(before.isWhole, "\(before)")
            // The last step before the point of no return tells the others' names, and undoes all of them.
            var steps = ["start-logspout"]
            while let step = steps.popLast() {
                let person = Operator(cluster: cluster, machine: "at-\(step)")
                try await expectWayBack(of: person, from: step, means, to: before)
                guard step == "start-logspout" else { continue }
                steps = try Self.chosen(among: Self.undoable(person.journal).filter { $0 != step })
                print("ways back from: \(steps)")
            }
        }
    }

    private func expectWayBack(
        of person: Operator, from step: String, _ means: DeisMeans, to before: PlatformPicture
    ) async throws {
        let platform = PlatformUnderTest(person.cluster)
        let delay = Duration.milliseconds(Int.random(in: 0..<1500))
        let mark = JournalMark(words: [#""intent":{"step":{"id":"\#(step)","way":"forward""#])
        try await person.kill(means.upgrade("--in-place"), when: mark, after: delay)
        let status = try await person.turnstile(["status"])
        let back = try await person.turnstile(Self.wayBack(in: status) + ["--yes"])
        #expect(back.status == 0, "from \(step): \(back)")
        try await platform.awaitWhole(version: "1.13.4")
        #expect(try await PlatformPicture(platform) == before, "from \(step)")
    }

    /// The arguments of the command that leads back, as it is printed.
    private static func wayBack(in status: PracticeCluster.Outcome) throws -> [String] {
        let line = try #require(
            status.output.firstMatch(of: /Or go back with: turnstile .* (abandon .*)/), "\(status)")
        return line.1.split(separator: " ").map(String.init)
    }

    /// The steps before the point of no return, in their order.
    private static func undoable(_ journal: [Substring]) throws -> [String] {
        let first = try #require(journal.first { $0.contains(#""opened":"#) })
        let opened = try JSONDecoder().decode(Opened.self, from: Data(first.utf8))
        return opened.what.opened.plan.platform.steps.prefix { $0.undo.impossible == nil }.map(\.id)
    }

    /// Two of the steps; with TURNSTILE_EVERY_ENTRY=1, every one.
    private static func chosen(among steps: [String]) -> [String] {
        guard ProcessInfo.processInfo.environment["TURNSTILE_EVERY_ENTRY"] != "1" else { return steps }
        return Array(steps.shuffled().prefix(2))
    }

    private struct Opened: Decodable {
        var what: What
        struct What: Decodable { var opened: Opening }
        struct Opening: Decodable { var plan: Plan }
        struct Plan: Decodable { var platform: Platform }
        struct Platform: Decodable { var steps: [Step] }
        struct Step: Decodable {
            var id: String
            var undo: Undo
        }
        struct Undo: Decodable {
            var impossible: Nothing?
            struct Nothing: Decodable {}
        }
    }
}
