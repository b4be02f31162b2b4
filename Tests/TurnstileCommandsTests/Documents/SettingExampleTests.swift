import Foundation
import SampleSettings
import Testing

@testable import Settings
@testable import TurnstileCommands

/// Every setting in the pages is one that `turnstile.yaml` accepts.
@Suite struct SettingExampleTests {
    @Test(arguments: Document.guides)
    func everyBlockLoads(path: String) throws {
        for block in try Document(path).blocks where block.language == "yaml" {
            let text = block.lines.joined(separator: "\n")
            if text.hasPrefix("stages:") {
                _ = try RunbookPageTests.read(text)
            } else {
                try Self.load(text)
            }
        }
    }

    @Test func thePagesHaveBlocks() throws {
        #expect(try Document("README.md").blocks.filter { $0.language == "yaml" }.count >= 2)
        #expect(try Document("docs/configuration.md").blocks.filter { $0.language == "yaml" }.count >= 1)
    }

    /// An example that the first test must refuse: a key at the wrong level.
    @Test func aBlockThatIsNotAcceptedIsFound() {
        #expect(throws: ConfigurationError.self) { try Self.load("kubernetes: {enabled: true}\n") }
    }

    /// Keys in the text, such as `gates.etcd.after`.
    @Test(arguments: Document.guides)
    func everyKeyInTheTextIsAccepted(path: String) throws {
        let unknown = Self.keys(in: try Document(path).text).filter { !Self.known.contains($0) }
        #expect(unknown == [], "\(path)")
    }

    @Test func aKeyThatIsNoneIsFound() {
        #expect(Self.keys(in: "say gates.etcd.afters, in update.conf") == ["gates.etcd.afters"])
        #expect(!Self.known.contains("gates.etcd.afters") && Self.known.contains("gates.etcd.after"))
    }

    /// Loads a text as `turnstile.yaml`.
    static func load(_ yaml: String) throws {
        try SettingsDirectory.with(["turnstile.yaml": yaml + "\n"]) { environment in
            _ = try SettingsDirectory.load(environment)
        }
    }

    /// Keys with a value, and the mappings that they stand in.
    private static let known = Set(
        ConfigurationKeys.allCases.flatMap { $0.paths + [$0.rawValue] }.map { $0.replacing("[]", with: "") })

    private static func keys(in text: String) -> [String] {
        let sections = ["ssh.", "update.", "gates.", "hooks.", "timeouts.", "agent.", "notify."]
        return text.split { !$0.isLetter && !$0.isNumber && !"._-/:".contains($0) }
            .map { $0.trimmingCharacters(in: [".", ":"]) }
            .filter { word in sections.contains(where: word.hasPrefix) && word != "update.conf" }
    }
}
