import Coordinator
import Foundation
import Glibc
import Reports
import RolloutModel
import Settings

/// A user's token, from a file or from the person at the terminal. No token is ever part of a command line.
enum TokenFile {
    private static let bytesMax = 64 << 10

    /// - Parameter path: the file; nil where the token is asked for.
    static func token(_ path: String?, _ side: MigrationSide) async throws(CommandFailure) -> SecretToken {
        guard let path else { return try asked(side) }
        let text = try text(path, side)
        guard let token = SecretToken(inProfile(text) ?? text) else {
            throw CommandFailure(
                .failed,
                "the \(side.rawValue) token file '\(path)' has no token: one line, or a client.json of deis")
        }
        return token
    }

    /// A file that others may read has no secret: `deis login` itself writes its profile for all to read.
    private static func text(_ path: String, _ side: MigrationSide) throws(CommandFailure) -> String {
        do throws(ConfigurationError) {
            return try TextFile.read(path, environment: .live(), bytesMax: bytesMax, ownerAlone: true)
        } catch {
            throw CommandFailure(.failed, "the \(side.rawValue) controller's token: \(error.description)")
        }
    }

    /// The token in the client's own profile, `~/.deis/client.json`.
    private static func inProfile(_ text: String) -> String? {
        struct Profile: Decodable { var token: String }
        return try? JSONDecoder().decode(Profile.self, from: Data(text.utf8)).token
    }

    private static func asked(_ side: MigrationSide) throws(CommandFailure) -> SecretToken {
        let terminal = Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0, let quiet = QuietTerminal(terminal, hides: true) else {
            throw CommandFailure(.usage, "say where the token is with --\(side.rawValue)-token-file")
        }
        defer { close(terminal) }
        write("Token of the \(side.rawValue) controller: ", to: terminal)
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(terminal, &bytes, bytes.count)
        _ = consume quiet
        write("\n", to: terminal)
        guard let token = SecretToken(String(decoding: bytes[..<max(0, count)], as: UTF8.self)) else {
            throw CommandFailure(.failed, "that is no token")
        }
        return token
    }

    private static func write(_ text: String, to terminal: Int32) {
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(terminal, $0.baseAddress, $0.count) }
    }
}
