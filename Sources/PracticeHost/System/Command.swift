import Subprocess
import SystemPackage

/// A program run to its end, with all it said.
struct Command: Hashable, Sendable {
    var path: String
    var arguments: [String]

    init(_ path: String, _ arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    struct Result: Sendable {
        /// nil when it was killed.
        var exitCode: Int32?
        /// Standard output and error, in the order they were written.
        var output: String

        var succeeded: Bool { exitCode == 0 }
        var status: String { exitCode.map { "exit \($0)" } ?? "killed" }
    }

    func run() async throws -> Result {
        let record = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            output: .string(limit: 1 << 20), error: .combinedWithOutput)
        let code: Int32? =
            switch record.terminationStatus {
            case .exited(let code): code
            case .signaled: nil
            }
        return Result(exitCode: code, output: record.standardOutput)
    }

    /// As `run`, with what it wrote on standard error apart.
    func runApart() async throws -> (result: Result, errors: String) {
        let record = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        let code: Int32? =
            switch record.terminationStatus {
            case .exited(let code): code
            case .signaled: nil
            }
        return (Result(exitCode: code, output: record.standardOutput), record.standardError)
    }

    /// The command's output, if it succeeded.
    @discardableResult
    func output() async throws -> String {
        let result = try await run()
        guard result.succeeded else {
            throw Failure.command(
                line: ([path] + arguments).joined(separator: " "), status: result.status,
                output: result.output.trimmedEnd)
        }
        return result.output
    }
}

extension String {
    /// Without the line endings and blanks at its end.
    var trimmedEnd: String {
        String(
            decoding: Array(utf8.reversed().drop { $0 == 0x0A || $0 == 0x20 || $0 == 0x0D }.reversed()),
            as: UTF8.self)
    }
}
