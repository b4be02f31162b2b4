import Foundation
import Testing

/// Types and tests that ARCHITECTURE.md names are there.
@Suite struct NamedTypeTests {
    @Test func everyNameIsDeclared() throws {
        let declared = Self.declared
        let names = Self.names(in: try Document("ARCHITECTURE.md"))
        #expect(names.count > 100)
        #expect(Set(names.filter { !declared.contains($0) }) == [])
    }

    @Test func aNameThatIsNoneIsFound() {
        let page = Document(
            path: "x.md", text: "`Gates.isCause`, `Journal.append(_:)`, `resume` and `Unicorn`")
        let names = Self.names(in: page)
        #expect(names == ["Gates", "isCause", "Journal", "append", "Unicorn"])
        #expect(names.filter { !Self.declared.contains($0) } == ["Unicorn"])
    }

    /// The names of code spans that begin with a type, part by part.
    private static func names(in page: Document) -> [String] {
        page.spans.flatMap { span -> [String] in
            let name = span.prefix { $0 != "(" }
            let parts = name.split(separator: ".").map(String.init)
            let isName = parts.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber } }
            guard isName, let first = parts.first?.first, first.isUppercase else { return [] }
            return parts
        }
    }

    /// The words after a keyword that declares something, in all of the source; and the names of folders and files there.
    private static let declared: Set<String> = {
        let keywords: Set<Substring> = [
            "struct", "enum", "class", "actor", "protocol", "typealias", "func", "var", "let", "case",
            "extension",
        ]
        var declared: Set<String> = ["init"]
        for folder in ["Sources", "Tests"] {
            let place = Document.root.appendingPathComponent(folder)
            for case let file as String in FileManager.default.enumerator(atPath: place.path) ?? .init() {
                let name = (file as NSString).lastPathComponent
                declared.insert((name as NSString).deletingPathExtension)
                guard file.hasSuffix(".swift"),
                    let text = try? String(contentsOf: place.appendingPathComponent(file), encoding: .utf8)
                else { continue }
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ")
                    for (keyword, word) in zip(words, words.dropFirst()) where keywords.contains(keyword) {
                        declared.insert(String(word.prefix { $0.isLetter || $0.isNumber }))
                    }
                }
            }
        }
        return declared
    }()
}
