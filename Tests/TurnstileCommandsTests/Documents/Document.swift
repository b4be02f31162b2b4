import Foundation
import SampleReports

/// A Markdown page of the repository.
struct Document {
    /// From the repository's root.
    var path: String
    var text: String

    static let root = Repository.root

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    init(path: String, text: String) {
        (self.path, self.text) = (path, text)
    }

    /// The pages that tell users what to write and what to type.
    static let guides = ["README.md", "units/FAULTS.md"] + docs

    /// Every page whose links and paths must lead somewhere.
    static let pages = guides + ["ARCHITECTURE.md"]

    private static let docs: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: root.appendingPathComponent("docs").path)
        return (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    }()

    /// A block between two lines of three backticks.
    struct Block {
        var language: String
        var lines: [String]
    }

    var blocks: [Block] {
        var blocks: [Block] = []
        var open: Block?
        for line in lines {
            let bare = line.trimmingPrefix(while: { $0 == " " })
            if bare.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    open = Block(language: String(bare.dropFirst(3)), lines: [])
                }
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }

    /// Everything outside of blocks.
    var prose: String {
        var isOutside = true
        return lines.filter { line in
            let isFence = line.trimmingPrefix(while: { $0 == " " }).hasPrefix("```")
            if isFence { isOutside.toggle() }
            return isOutside && !isFence
        }.joined(separator: "\n")
    }

    /// The code spans of the prose; one that is broken into two lines is joined.
    var spans: [String] {
        prose.matches(of: /`([^`]+)`/).map { String($0.output.1).replacing(/\n\s*/, with: " ") }
    }

    var headings: [String] {
        prose.split(separator: "\n").filter { $0.hasPrefix("#") }.map {
            String($0.drop { $0 == "#" || $0 == " " })
        }
    }

    var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}
