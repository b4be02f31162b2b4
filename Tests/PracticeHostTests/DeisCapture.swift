import Foundation

/// Commands and what they printed, as a file of Fixtures/deis has them.
struct DeisCapture {
    struct Entry: Sendable {
        /// `deisctl stop platform`
        var command: String
        var exitCode: Int32
        /// True if the command did not end by itself.
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
        self.out = String(entry[out.upperBound..<err.lowerBound]).withControlsFromCarets
        self.err = String(entry[err.upperBound...]).withControlsFromCarets
    }
}

extension String {
    /// The bytes that `cat -v` wrote as `^X` and `M-X`.
    fileprivate var withControlsFromCarets: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            var (high, byte): (UInt8, UInt8) = (0, byte)
            if byte == UInt8(ascii: "M"), rest.starts(with: "-".utf8), let next = rest.dropFirst().first {
                (high, byte) = (0x80, next)
                rest = rest.dropFirst(2)
            }
            if byte == UInt8(ascii: "^"), let next = rest.first, (0x40...0x5F).contains(next) {
                byte = next & 0x1F
                rest = rest.dropFirst()
            }
            bytes.append(high | byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// From the first entry's command to its `exit:`.
    fileprivate var headRange: Range<String.Index> {
        startIndex..<(range(of: "\nexit: ", options: .backwards)?.upperBound ?? endIndex)
    }
}
