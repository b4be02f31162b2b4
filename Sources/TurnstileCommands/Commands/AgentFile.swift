import Coordinator
import Foundation

/// The agent's program on this machine.
enum AgentFile {
    private static let name = "turnstile-agent"
    private static let bytesMax = 1 << 30

    /// - Parameter path: as the user named it; nil for the one beside this program.
    /// - Parameter signers: who must have signed it; nil where nobody need.
    /// - Throws: `CommandFailure` for a file that is not there, that no host could run, or that is not signed.
    static func package(named path: String?, signers: AgentSigners?) async throws(CommandFailure)
        -> AgentPackage
    {
        let file = path ?? besideThisProgram()
        let bytes = try read(file, isNamed: path != nil)
        try await signers?.verify(bytes, at: file)
        do {
            return try AgentPackage(program: bytes)
        } catch {
            throw CommandFailure(.usage, "'\(file)' \(error). \(advice)")
        }
    }

    private static let advice =
        "Build one with Scripts/build-agent, then: turnstile install --agent .build/agent/turnstile-agent"

    private static func read(_ file: String, isNamed: Bool) throws(CommandFailure) -> [UInt8] {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: file).resolvingSymlinksInPath().path)
        guard let size = attributes?[.size] as? Int else {
            let place =
                isNamed ? "there is no file '\(file)'" : "there is no agent beside this program: '\(file)'"
            throw CommandFailure(.usage, "\(place). \(advice)")
        }
        guard attributes?[.type] as? FileAttributeType == .typeRegular, size <= bytesMax else {
            throw CommandFailure(.usage, "'\(file)' is no program. \(advice)")
        }
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        } catch {
            throw CommandFailure(.usage, "'\(file)' cannot be read: \(error.localizedDescription)")
        }
    }

    private static func besideThisProgram() -> String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(name).path
    }
}
