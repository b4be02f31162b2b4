import ClusterAnswers
import Foundation
import Testing

@Suite struct DeisctlOutputTests {
    @Test func statesAreReadOutOfColoursAndCarriageReturns() throws {
        let output = try Self.output("start-platform")
        #expect(output.complaints == [])
        let monitor = output.reports.filter { $0.unit == "deis-store-monitor.service" }.map(\.state)
        #expect(monitor == ["activating/start-pre", "active/running"])
        #expect(Set(output.reports.map(\.unit)).count == 15)
        #expect(Self.texts(output).last == "deis-router@2.service active/running")
    }

    /// Every command here ended with 0.
    @Test(
        arguments: [
            ("stop-nothing-installed", "could not find unit: deis-registry", 9),
            (
                "install-without-templates", "Error creating: Could not find unit template for store-daemon",
                5
            ),
            (
                "start-controller-that-fails", "The service 'deis-controller' failed while starting.",
                1
            ),
            (
                "uninstall-without-quorum",
                "ERROR client.go:214: Unable to get result for {Delete /_coreos.com/fleet/job/deis-router@1.service}, retrying in 100ms",
                1
            ),
            ("install-without-domain", "Error: Missing platform domain, use:", 1),
            (
                "takeover-ended-by-an-expired-key",
                "Error: 100: Key not found (/deis/services/happy-bandit/happy-bandit_v2.web.9) [10125]", 1
            ),
        ])
    func aComplaintIsHeardWhateverTheExitCode(name: String, complaint: String, count: Int) throws {
        let output = try Self.output(name)
        #expect(output.complaints.contains(complaint))
        #expect(output.complaints.count == count, "\(output.complaints)")
    }

    /// deisctl tells `destroyed` of a unit that it never reached.
    @Test func aReportProvesNothing() throws {
        #expect(
            Self.texts(try Self.output("uninstall-without-quorum")) == ["deis-router@1.service destroyed"])
    }

    @Test(arguments: ["\u{1B}[", "\u{1B}[0;31", "deis-: x", "deis-x.service: \u{202E}", ": ", "\r\r\n"])
    func damagedTextIsTakenForWhatItIs(text: String) {
        let output = DeisctlOutput(output: Array(text.utf8), errors: Array(text.utf8))
        #expect(output.reports == [])
        #expect(output.complaints.allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\u{202E}") })
    }

    private static func texts(_ output: DeisctlOutput) -> [String] {
        output.reports.map { "\($0.unit) \($0.state)" }
    }

    private static func output(_ name: String) throws -> DeisctlOutput {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        func bytes(_ kind: String) throws -> [UInt8] {
            Array(try Data(contentsOf: folder.appending(path: "deisctl/\(name).\(kind)")))
        }
        return DeisctlOutput(output: try bytes("out"), errors: try bytes("err"))
    }
}
