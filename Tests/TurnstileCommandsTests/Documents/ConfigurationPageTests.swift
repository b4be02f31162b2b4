import Foundation
import SampleSettings
import Testing

@testable import Settings
@testable import TurnstileCommands

/// docs/configuration.md says what the code reads.
@Suite struct ConfigurationPageTests {
    static let page = try? ConfigurationPage()

    @Test func everyKeyHasOneEntryAndNoOtherHas() throws {
        let page = try ConfigurationPage()
        let keys = ConfigurationKeys.allCases.flatMap(\.paths)
        #expect(page.entries.map(\.key).sorted() == keys.sorted())
    }

    @Test func everyEntryIsComplete() throws {
        for entry in try ConfigurationPage().entries {
            #expect(!entry.usual.isEmpty && !entry.unit.isEmpty && !entry.example.isEmpty, "\(entry.key)")
            #expect(entry.meaning.count > 10, "\(entry.key)")
        }
    }

    /// The examples of a mapping load together, and each of them is read.
    @Test(arguments: ConfigurationKeys.allCases)
    func examplesAreAccepted(keys: ConfigurationKeys) throws {
        let entries = try ConfigurationPage().entries(of: keys)
        let whole = try Self.read(keys, entries.map { ($0.name, $0.example) })
        for left in entries {
            let others = entries.filter { $0.key != left.key }.map { ($0.name, $0.example) }
            #expect((try? Self.read(keys, others)) != whole, "\(left.key) says nothing")
        }
    }

    /// A default that is written as a value is what holds where the key is left out.
    @Test(arguments: ConfigurationKeys.allCases)
    func defaultsAreTheCodes(keys: ConfigurationKeys) throws {
        let entries = try ConfigurationPage().entries(of: keys)
        for entry in entries {
            guard let value = entry.usualValue else { continue }
            let others = entries.filter { $0.key != entry.key }.map { ($0.name, $0.example) }
            #expect(
                try Self.digest(keys, others) == Self.digest(keys, others + [(entry.name, value)]),
                "\(entry.key): \(value)")
        }
    }

    @Test func manyDefaultsAreValues() throws {
        #expect(try ConfigurationPage().entries.compactMap(\.usualValue).count > 30)
    }

    private static func read(
        _ keys: ConfigurationKeys, _ values: [(name: String, value: String)]
    ) throws -> ConfigurationFile {
        try ConfigurationFile(yaml: ConfigurationPage.yaml(keys, values), file: "turnstile.yaml")
    }

    /// Of the whole configuration, with the files that the examples name.
    private static func digest(
        _ keys: ConfigurationKeys, _ values: [(name: String, value: String)]
    ) throws -> String? {
        var files = ["turnstile.yaml": ConfigurationPage.yaml(keys, values)]
        for (name, value) in values where ["credentials", "user-data", "token"].contains(name) {
            files[value] = "a:b\n"
        }
        var digest: String?
        try SettingsDirectory.with(files) { environment in
            for name in files.keys {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: environment.workingDirectory + "/" + name)
            }
            digest = try SettingsDirectory.load(environment).digest(leavingOut: environment)
        }
        return digest
    }
}

extension Configuration {
    /// The same for every working directory.
    fileprivate func digest(leavingOut environment: ConfigurationEnvironment) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
            .replacing(environment.workingDirectory, with: "")
    }
}
