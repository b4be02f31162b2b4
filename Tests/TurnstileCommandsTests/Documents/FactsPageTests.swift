import Foundation
import Testing

/// `facts 0.27` in a comment is number 0.27 of docs/facts.md.
@Suite struct FactsPageTests {
    @Test func everyFactThatACommentNamesIsThere() throws {
        let numbers = Set(try Self.numbers())
        var named = 0
        for file in Self.files() {
            for number in Self.references(in: file.text) {
                named += 1
                #expect(numbers.contains(number), "\(file.path): facts \(number) is not in docs/facts.md")
            }
        }
        #expect(named > 100)
    }

    @Test func aNumberStandsForOneFact() throws {
        let numbers = try Self.numbers()
        #expect(numbers.count == Set(numbers).count && numbers.count > 50)
    }

    @Test(arguments: [
        ("/// so (facts 0.5).", ["0.5"]), ("// facts 1.2 to 1.5, 0.4", ["1.2", "1.5", "0.4"]),
        ("/// (facts\n    /// 0.27)", ["0.27"]), ("facts 4, \"GRUB choice\"", ["4"]),
        ("# (facts 6.1): it has", ["6.1"]), ("facts 1 and 0b", ["1", "0b"]), ("the facts of 1.2", []),
    ])
    func referencesAreRead(text: String, numbers: [String]) {
        #expect(Self.references(in: text) == numbers)
    }

    private static func numbers() throws -> [String] {
        try Document("docs/facts.md").headings.compactMap { heading in
            heading.prefixMatch(of: #/(\d+(?:\.\d+)?)\s/#).map { String($0.output.1) }
        }
    }

    private static func references(in text: String) -> [String] {
        text.replacing(/\n[ \t]*(?:\/\/\/?|#)[ \t]*/, with: " ")
            .matches(of: /\bfacts (\d[\d.]*[a-z]?(?:(?:,? and |, | to )\d[\d.]*[a-z]?)*)/)
            .flatMap { $0.output.1.matches(of: /\d+(?:\.\d+)?[a-z]?/).map { String($0.output) } }
    }

    private static func files() -> [Document] {
        ["Sources", "Tests", "Scripts", "units", "cloud-config"].flatMap { folder in
            let path = Document.root.appendingPathComponent(folder).path
            let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
            return names.filter { !$0.hasSuffix("FactsPageTests.swift") }.compactMap {
                try? Document("\(folder)/\($0)")
            }
        }
    }
}
