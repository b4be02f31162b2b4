import Foundation
import SampleReports
import Testing

/// `releases`, which asks no host and needs no configuration.
extension ProgramTests {
    @Test func releasesShowsOne() async throws {
        let outcome = try await turnstile(["releases", "1353.8.0"])
        #expect(outcome.status == 0, "\(outcome)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].hasPrefix("OS      VERSION   DATE        CHANNEL  ETCD"))
        #expect(lines[1].contains("coreos  1353.8.0  2017-05-30  stable   0.4.9  2.3.7  3.0.10       0.11.8"))
    }

    /// How many there are, and the last of them.
    @Test(arguments: [
        (["1409"], 10, "1409.9.0"), (["1353.8.0..1409.7.0"], 16, "1409.7.0"), (["2512.3.0"], 2, "2512.3.0"),
        (["2512.3.0", "--distribution", "flatcar"], 1, "2512.3.0"), ([], 1403, "4790.0.0"),
    ])
    func releasesShowsAsManyAsAreNamed(arguments: [String], count: Int, last: String) async throws {
        let outcome = try await turnstile(["releases", "--output", "json"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        #expect(rows.count == count && rows.last?["version"] as? String == last)
        #expect(try JSONSchema("releases").objections(to: outcome.output) == [])
    }

    @Test func whatAnImageHasNotIsMissingAndWhatIsNotKnownSaysSo() async throws {
        func row(_ version: String) async throws -> [String: String] {
            let outcome = try await turnstile(["releases", "--output", "json", version])
            let rows = try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: String]])
            return try #require(rows.first)
        }
        let (later, early) = (try await row("1409.7.0"), try await row("379.0.0"))
        #expect(later["etcd"] == nil && later["etcd2"] == "2.3.7" && later["docker"] == "1.12.6")
        #expect(early["docker"] == "1.1.1" && early["kernel"] == "unknown", "\(early)")
    }

    @Test(arguments: [
        "1409.7.0.0", "1409..", "..1409", "1409.7.0..1353.8.0", "stable", "", "1409.7.0...1500", "1409.x",
    ])
    func whatNamesNoReleaseIsUsage(text: String) async throws {
        let outcome = try await turnstile(["releases", text])
        #expect(outcome.status == 64 && outcome.errors.contains("'\(text)' names no release"), "\(outcome)")
    }

    @Test(arguments: [
        (
            ["1409.7.5"], "'1409.7.5' is not a known release",
            "Known around it: coreos 1409.7.0, coreos 1409.8.0"
        ),
        (["1409.7.0+dev-1"], "a build between releases", "Known around it: "),
        (["99999.0.0"], "not a known release", "Known around it: flatcar 4790.0.0"),
        (["9000..9001"], "no release in '9000..9001' is known", "turnstile: no"),
        (["1409.7.0", "--distribution", "flatcar"], "not a known release of flatcar", "flatcar 1688.5.3"),
    ])
    func aReleaseThatIsNotKnownFailsAndIsNotGuessed(
        arguments: [String], what: String, near: String
    ) async throws {
        let outcome = try await turnstile(["releases"] + arguments)
        #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains(what) && outcome.errors.contains(near), "\(outcome.errors)")
    }
}
