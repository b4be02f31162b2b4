import Coordinator
import Foundation
import Reports

/// The agent's program on this machine.
enum AgentFile {
    private static let name = "turnstile-agent"
    private static let bytesMax = 1 << 30
    private static var thisProgram: URL { URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath() }

    /// - Parameter path: as the user named it; nil for the one that came with this program.
    /// - Parameter signers: who must have signed it; nil where nobody need.
    /// - Throws: `CommandFailure` for a file that is not there, that no host could run, or that is not signed.
    static func package(named path: String?, signers: AgentSigners?) async throws(CommandFailure)
        -> AgentPackage
    {
        let file = path ?? place(for: thisProgram)
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
                isNamed ? "there is no file '\(file)'" : "no agent came with this program as '\(file)'"
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

    /// The agent that came with a program: beside it, as a build leaves it, or where a package puts it.
    static func place(for program: URL) -> String {
        let folder = program.deletingLastPathComponent()
        let beside = folder.appendingPathComponent(name).path
        let packaged = folder.deletingLastPathComponent().appendingPathComponent("lib/turnstile/\(name)").path
        return [beside, packaged].first(where: FileManager.default.fileExists(atPath:)) ?? beside
    }
}
