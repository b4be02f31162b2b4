import Foundation
import Testing

/// Files of `Fixtures`: output of the real programs, cut to the lines a test is about.
enum Fixture: String {
    case journalUpdate = "journal-update.json"
    case journalServerTrouble = "journal-server-trouble.json"
    case journalBootFlags = "journal-boot-flags.json"
    case cgptStaged = "cgpt-staged.txt"
    case crlfUpdateConfiguration = "crlf.update.conf"

    func bytes() throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return Array(try Data(contentsOf: folder.appending(path: rawValue)))
    }

    func text() throws -> String { String(decoding: try bytes(), as: UTF8.self) }

    func lines() throws -> [String] {
        try text().split(separator: "\n").map(String.init)
    }
}
