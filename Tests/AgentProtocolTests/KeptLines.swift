import AgentProtocol
import Foundation
import Testing

/// The lines of coordinators and agents as programs of their time wrote them. `Fixtures/README.md` lists the programs.
struct KeptLines: Sendable, CustomTestStringConvertible {
    /// The directory's name in `Fixtures`, for example `protocol-4-first`.
    let name: String

    static let all: [KeptLines] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasPrefix("protocol-") }.sorted().map { KeptLines(name: $0) }
    }()

    /// The lines of the version that is spoken now.
    static let current = all.filter { $0.version == ProtocolVersion.current }
    static let earlier = all.filter { $0.version != ProtocolVersion.current }
    /// The lines as this program writes them.
    static let present = KeptLines(name: "protocol-\(ProtocolVersion.current)")

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures")

    var version: Int? { Int(name.dropFirst("protocol-".count).prefix { $0.isNumber }) }

    var testDescription: String { name }

    func messages() throws -> [Data] { try lines(of: "messages.jsonl") }

    /// The request lines, each with the verb that takes it.
    func requests() throws -> [(verb: String, line: Data)] {
        try lines(of: "requests.txt").map { line in
            let verb = line.prefix { $0 != UInt8(ascii: " ") }
            return (String(decoding: verb, as: UTF8.self), Data(line.dropFirst(verb.count + 1)))
        }
    }

    private func lines(of file: String) throws -> [Data] {
        try Data(contentsOf: Self.folder.appending(path: "\(name)/\(file)"))
            .split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }
}
