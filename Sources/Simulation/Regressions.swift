import Foundation

/// Seeds that once failed, kept in a file with one seed a line; `#` begins a comment.
///
/// A seed plays another trial once the draws of the simulation have changed. Old seeds are kept all the same, since
/// they cost nothing.
public struct Regressions: Sendable {
    public let path: String
    public let seeds: [UInt64]

    public init(path: String) throws {
        self.path = path
        let text =
            FileManager.default.fileExists(atPath: path)
            ? try String(contentsOfFile: path, encoding: .utf8) : ""
        seeds = text.split(separator: "\n").compactMap { line in
            UInt64(line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces))
        }
    }

    /// Adds seeds that are not there yet.
    public func add(_ failed: [UInt64]) throws {
        let new = Set(failed).subtracting(seeds).sorted()
        guard !new.isEmpty else { return }
        let text =
            FileManager.default.fileExists(atPath: path)
            ? try String(contentsOfFile: path, encoding: .utf8) : ""
        try (text + new.map { "\($0)\n" }.joined()).write(toFile: path, atomically: true, encoding: .utf8)
    }
}
