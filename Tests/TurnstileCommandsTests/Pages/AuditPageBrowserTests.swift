import Coordinator
import SampleReports
import Testing

@testable import Reports
@testable import TurnstileCommands

/// A page as a browser shows it. Runs where Chromium is installed.
@Suite(.serialized, .enabled(if: Browser.isInstalled))
struct AuditPageBrowserTests {
    /// Asks of the page in its frame what a person would see, clicks on VERSION twice, and asks again.
    static let questions = """
        <!DOCTYPE html><iframe src="page.html" width="1200" height="900"></iframe><pre id="answer"></pre>
        <script>
        addEventListener("load", () => {
          const page = document.querySelector("iframe").contentDocument;
          const hosts = () => [...page.querySelectorAll("tbody tr")].map(row => row.cells[0].textContent);
          const version = page.querySelectorAll("thead button")[2];
          const answer = {title: page.title, before: hosts()};
          version.click(); answer.ascending = hosts();
          version.click(); answer.descending = hosts();
          answer.sorted = [...page.querySelectorAll("[aria-sort]")].map(head => head.ariaSort);
          answer.bars = [...page.querySelectorAll("svg rect")].map(bar => bar.getBBox().width);
          const style = frames[0].getComputedStyle(page.body);
          answer.back = style.backgroundColor; answer.text = style.color;
          document.querySelector("#answer").textContent = "ANSWER" + btoa(JSON.stringify(answer)) + "END";
        });
        </script>
        """

    struct Answer: Decodable {
        var title: String
        var before: [String]
        var ascending: [String]
        var descending: [String]
        var sorted: [String]
        var bars: [Double]
        var back: String
        var text: String
    }

    private func ask(_ report: AuditReport, isDark: Bool) async throws -> Answer {
        try await Browser.open(AuditPage(report).text, questions: Self.questions, isDark: isDark) {
            try await $0.answer(as: Answer.self)
        }
    }

    @Test func itSortsByVersionAsPeopleReadThem() async throws {
        let audits = ["9.0.0", "1409.7.0", "1353.8.0", "10.0.0"].enumerated().map { index, version in
            AuditSamples.host("h\(index)") { $0.version = version }
        }
        let answer = try await ask(AuditReport(audits), isDark: false)
        #expect(answer.before == ["h0", "h1", "h2", "h3"])
        #expect(answer.ascending == ["h0", "h3", "h2", "h1"])
        #expect(answer.descending == ["h1", "h2", "h3", "h0"])
        #expect(answer.sorted == ["descending"])
        #expect(answer.bars.count == 4 && answer.bars.allSatisfy { $0 > 1 })
    }

    @Test func nothingThatAHostSentRuns() async throws {
        let answer = try await ask(AuditReport(AuditSamples.hostileCluster), isDark: false)
        #expect(answer.title == "turnstile audit: 8 hosts, 1 of them unreadable")
        #expect(answer.before == AuditSamples.hostileCluster.map(\.host))
    }

    @Test func lightIsLightAndDarkIsDark() async throws {
        let report = AuditReport(AuditSamples.cluster)
        let (light, dark) = (try await ask(report, isDark: false), try await ask(report, isDark: true))
        #expect(light.back == "rgb(255, 255, 255)" && light.text == "rgb(27, 31, 36)")
        #expect(dark.back == "rgb(20, 24, 29)" && dark.text == "rgb(228, 232, 236)")
    }

    @Test(arguments: [false, true]) func itCanBeSeen(isDark: Bool) async throws {
        let picture = try await Browser.open(
            AuditPage(AuditReport(AuditSamples.cluster)).text, isDark: isDark
        ) { try await $0.picture("audit", width: 1280, height: 800) }
        #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 10_000)
    }
}
