import Foundation
import Testing

/// Files of `Fixtures`: output of the real programs, cut to the lines a test is about.
enum Fixture: String {
    case journalUpdate = "journal-update.json"
    case journalServerTrouble = "journal-server-trouble.json"
    case journalBootFlags = "journal-boot-flags.json"
    case cgptStaged = "cgpt-staged.txt"

    func text() throws -> String {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return try String(contentsOf: folder.appending(path: rawValue), encoding: .utf8)
    }

    func lines() throws -> [String] {
        try text().split(separator: "\n").map(String.init)
    }
}
