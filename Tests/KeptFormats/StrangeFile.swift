import Foundation

/// Things that may stand where a journal is looked for.
package enum StrangeFile: String, CaseIterable, Sendable {
    case empty, firstLineTorn, firstLineCut, zeros, noise, otherProgram, newerFormat, copy
    case directory, pipe, linkToNothing, linkInCircles, forbidden

    /// The forms that can be made here: nothing is forbidden to root.
    package static var makeable: [StrangeFile] { allCases.filter { $0 != .forbidden || getuid() != 0 } }

    /// - Parameter journal: of another rollout, whole, in the present format.
    package func put(at path: String, insteadOf journal: Data) throws {
        let files = FileManager.default
        switch self {
        case .directory: try files.createDirectory(atPath: path, withIntermediateDirectories: false)
        case .pipe: guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        case .linkToNothing: try files.createSymbolicLink(atPath: path, withDestinationPath: "nothing")
        case .linkInCircles: try files.createSymbolicLink(atPath: path, withDestinationPath: path)
        case .empty, .firstLineTorn, .firstLineCut, .zeros, .noise, .otherProgram, .newerFormat, .copy,
            .forbidden:
            let mode = self == .forbidden ? 0o000 : 0o600
            try bytes(insteadOf: journal).write(to: URL(fileURLWithPath: path))
            try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
    }

    private func bytes(insteadOf journal: Data) -> Data {
        let newline = UInt8(ascii: "\n")
        let first = journal.prefix { $0 != newline }
        return switch self {
        case .firstLineTorn: Data(first.dropLast(20))
        case .firstLineCut: Data(first.dropLast(20)) + [newline]
        case .zeros: Data(count: 4096)
        case .noise: Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) })
        case .otherProgram: Data(#"{"level":"info","msg":"started","ts":1795480000.5}"#.utf8) + [newline]
        case .newerFormat:
            Data(
                String(decoding: journal, as: UTF8.self)
                    .replacing(/"format":[0-9]+/, with: #""format":77"#).utf8)
        case .copy, .forbidden: journal
        case .empty, .directory, .pipe, .linkToNothing, .linkInCircles: Data()
        }
    }

    /// Words by which it is named.
    package var words: String {
        switch self {
        case .empty, .firstLineTorn: "has no entry. If its rollout never began, remove the file"
        case .firstLineCut: "is damaged at entry 1: it does not end in a digest"
        case .zeros, .noise, .otherProgram:
            "is no journal of a rollout: it begins otherwise than a journal. Move it out of that directory"
        case .newerFormat: "has format 77, and this turnstile reads 1 to"
        case .copy: "is no journal of a rollout: it is a journal of rollout"
        case .directory, .pipe: "is no journal of a rollout: it is no file, but a directory or a device"
        case .linkToNothing: "is no journal of a rollout: it is a link to nothing"
        case .linkInCircles: "cannot read journal"
        case .forbidden: "permission denied: "
        }
    }
}
