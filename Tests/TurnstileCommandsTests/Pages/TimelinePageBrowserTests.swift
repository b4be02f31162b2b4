import Foundation
import RolloutJournal
import RolloutModel
import SampleReports
import SampleValues
import Testing

@testable import Reports

/// A rollout's page as a browser shows it. Runs where Chromium is installed.
@Suite(.serialized, .enabled(if: Browser.isInstalled))
struct TimelinePageBrowserTests {
    /// A rollout of five hosts that was held, taken up and gone on with, as its journal tells it.
    static let held = "Tests/RolloutJournalTests/Fixtures/format-4/held-0.jsonl"

    private static let questions = """
        <!DOCTYPE html><iframe src="page.html" width="1280" height="900"></iframe><pre id="answer"></pre>
        <script>
        addEventListener("load", () => {
          const page = document.querySelector("iframe").contentDocument;
          const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.right]; };
          const cells = (title, column) => [...page.querySelectorAll("h2")]
            .filter(head => head.textContent === title)
            .flatMap(head => [...head.parentNode.querySelectorAll("h2 + .scroll tbody tr")]
              .filter(row => row.closest(".scroll").previousElementSibling === head)
              .map(row => row.cells[column].textContent));
          const style = frames[0].getComputedStyle(page.body);
          const answer = {
            title: page.title, hosts: cells("Hosts", 0), names: [...page.querySelectorAll("svg text:not(.time)")]
              .map(text => text.textContent),
            picture: box(page.querySelector("svg")),
            bars: [...page.querySelectorAll("svg rect:not(.tick)")].map(box),
            width: page.documentElement.scrollWidth, back: style.backgroundColor, text: style.color,
            scripts: page.scripts.length};
          document.querySelector("#answer").textContent = "ANSWER" + btoa(JSON.stringify(answer)) + "END";
        });
        </script>
        """

    private struct Answer: Decodable {
        var title: String
        var hosts: [String]
        var names: [String]
        /// The left and the right edge, in pixels.
        var picture: [Double]
        var bars: [[Double]]
        var width: Double
        var back: String
        var text: String
        var scripts: Int
    }

    private func page() throws -> (RolloutTimeline, String) {
        let file = Repository.root.appendingPathComponent(Self.held)
        let timeline = try RolloutTimeline(
            reading: JournalBlocks([UInt8](Data(contentsOf: file))), name: file.lastPathComponent)
        let report = TimelineReport(timeline, now: Date(timeIntervalSince1970: 1_796_000_000))
        return (timeline, try report.text(as: .html))
    }

    private func ask(isDark: Bool) async throws -> Answer {
        try await Browser.open(page().1, questions: Self.questions, isDark: isDark) {
            try await $0.answer(as: Answer.self)
        }
    }

    @Test func everyHostIsSeenAndEveryBarIsInThePicture() async throws {
        let (timeline, _) = try page()
        let answer = try await ask(isDark: false)
        let hosts = timeline.hosts.map { "\($0.host)" }
        #expect(answer.title == "Rollout \(timeline.rollout): \(timeline.state.rawValue)")
        #expect(answer.hosts == hosts && hosts.count == 5)
        #expect(answer.names == hosts)
        #expect(answer.bars.count > timeline.hosts.flatMap(\.phases.last).count)
        let bounds = try #require(answer.picture.first)...(try #require(answer.picture.last))
        for bar in answer.bars { #expect(bar.allSatisfy(bounds.contains), "\(bar) of \(bounds)") }
        // A person need not scroll sideways.
        #expect(answer.width <= 1280)
        #expect(answer.scripts == 0)
    }

    @Test func lightIsLightAndDarkIsDark() async throws {
        let (light, dark) = (try await ask(isDark: false), try await ask(isDark: true))
        #expect(light.back == "rgb(255, 255, 255)" && light.text == "rgb(27, 31, 36)")
        #expect(dark.back == "rgb(20, 24, 29)" && dark.text == "rgb(228, 232, 236)")
    }

    @Test(arguments: [false, true]) func itCanBeSeen(isDark: Bool) async throws {
        let picture = try await Browser.open(page().1, isDark: isDark) {
            try await $0.picture("report", width: 1280, height: 800)
        }
        #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 10_000)
    }

    @Test func itPrints() async throws {
        let printed = try await Browser.open(page().1, isDark: true) { try await $0.printed() }
        #expect(printed.starts(with: Array("%PDF".utf8)) && printed.count > 10_000)
    }
}
