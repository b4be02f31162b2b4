import Coordinator
import Foundation
import Reports

/// An earlier audit, as `--output json` or `ndjson` wrote it.
package enum AuditFile {
    private static let bytesMax = 64 << 20

    /// - Parameter path: `-` is standard input.
    /// - Throws: `CommandFailure` with exit code 64, and the line where that can be told.
    static func read(_ path: String) throws(CommandFailure) -> [HostAudit] {
        let name = name(of: path)
        return try audits(in: data(path, name), name).map(\.bounded)
    }

    static func name(of path: String) -> String { path == "-" ? "standard input" : "'\(path)'" }

    package static func audits(in data: Data, _ name: String) throws(CommandFailure) -> [HostAudit] {
        if let audits = try? JSONDecoder().decode([HostAudit].self, from: data) { return audits }
        let remedy = "Make one: turnstile audit --output json > FILE"
        guard data.first(where: { !isBlank($0) }) == UInt8(ascii: "{") else {
            throw CommandFailure(.usage, "\(name) is no audit. \(remedy)")
        }
        var audits: [HostAudit] = []
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy(isBlank) {
            guard let audit = try? JSONDecoder().decode(HostAudit.self, from: line) else {
                throw CommandFailure(.usage, "\(name), line \(index + 1): not a host's audit. \(remedy)")
            }
            audits.append(audit)
        }
        return audits
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// - Parameter name: what errors call it.
    static func data(_ path: String, _ name: String) throws(CommandFailure) -> Data {
        do {
            let file =
                path == "-" ? .standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let data = try file.read(upToCount: bytesMax + 1) ?? Data()
            guard data.count <= bytesMax else {
                throw CommandFailure(.usage, "\(name) is larger than 64 MiB")
            }
            return data
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.usage, "cannot read \(name): \(error.localizedDescription)")
        }
    }
}
