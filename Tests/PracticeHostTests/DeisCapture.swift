import Foundation

/// Commands and what they printed, as a file of Fixtures/deis has them.
struct DeisCapture {
    struct Entry: Sendable {
        /// `deisctl stop platform`
        var command: String
        var exitCode: Int32
        /// It did not end by itself.
        var wasEnded: Bool
        var out: String
        var err: String
    }

    var entries: [Entry]

    /// - Parameter name: `deisctl-1.13.4-inplace`
    init(_ name: String) throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/deis/\(name).txt").path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        entries = text.components(separatedBy: "--- end\n").compactMap(Entry.init)
    }
}

extension DeisCapture.Entry {
    fileprivate init?(_ text: String) {
        // The last entry before this one may lack its end.
        guard let start = text.range(of: "$ ", options: .backwards, range: text.headRange) else { return nil }
        let entry = text[start.upperBound...]
        guard let line = entry.range(of: "\n"), let out = entry.range(of: "--- stdout\n"),
            let err = entry.range(of: "--- stderr\n", range: out.upperBound..<entry.endIndex)
        else { return nil }
        command = String(entry[..<line.lowerBound])
        let status = entry[line.upperBound..<out.lowerBound]
        exitCode = Int32(status.dropFirst("exit: ".count).prefix { $0.isNumber }) ?? -1
        wasEnded = status.contains("ended by us")
        self.out = String(entry[out.upperBound..<err.lowerBound])
        self.err = String(entry[err.upperBound...])
    }
}

extension String {
    /// From the first entry's command to its `exit:`.
    fileprivate var headRange: Range<String.Index> {
        startIndex..<(range(of: "\nexit: ", options: .backwards)?.upperBound ?? endIndex)
    }
}
