import ClusterAnswers
import Coordinator
import HostFiles
import RolloutModel
import Rollouts
import Testing

@Suite struct DeisctlRunnerTests {
    private static let package = DeisctlPackage(
        program: Array("program".utf8), templates: ["deis-router.service": Array("[Unit]\n".utf8)])
    private static let host = HostID("core-1")

    /// A host that has the package once it was uploaded, and answers its commands.
    private static func shell(_ output: String, exitStatus: Int32 = 0, arrives: Bool = true) -> ScriptedShell
    {
        let box = UploadCount()
        return ScriptedShell { command in
            let text = command.text.text
            if text.contains("sha256sum") {
                return .output(arrives && box.isThere() ? "ready\n" : "", 0)
            }
            if text.contains("mkdir") {
                return .output("/home/core/.turnstile-deisctl/\(package.digest)\n", 0)
            }
            return .output(output, exitStatus)
        }
    }

    @Test func theFileIsSentOnceVerifiedAndRunThere() async throws {
        let scripted = Self.shell("1.13.4\n")
        let runner = DeisctlRunner(shell: scripted.shell, package: Self.package)
        #expect(try await runner.version(on: Self.host) == .seen(PlatformVersion(1, 13, 4)))
        let room = "/home/core/.turnstile-deisctl/\(Self.package.digest)"
        #expect(
            Set(scripted.uploads.keys) == ["\(room)/deisctl", "\(room)/units/deis-router.service"])
        let run = try #require(scripted.commands.last)
        #expect(
            String(decoding: run.input, as: UTF8.self) == "\(Self.package.digest)\n20\n1\n--version\n")
        #expect(
            run.text.text.contains("env -i HOME=") && run.text.text.contains("DEISCTL_UNITS=\"$PWD/units\""))
    }

    @Test func aFileThatArrivesOtherwiseIsNotRun() async {
        let scripted = Self.shell("1.13.4\n", arrives: false)
        let runner = DeisctlRunner(shell: scripted.shell, package: Self.package)
        await #expect(throws: HostFault.self) { try await runner.version(on: Self.host) }
        #expect(!scripted.commands.contains { $0.text.text.contains("timeout") })
    }

    @Test(arguments: ["", "1.13.4-dev\n", "Found no matching command\n", "\u{1B}[0m1.13.4\n"])
    func aVersionThatIsNoneIsUnknown(output: String) async throws {
        let runner = DeisctlRunner(shell: Self.shell(output).shell, package: Self.package)
        #expect(try await runner.version(on: Self.host).value == nil)
    }

    /// timeout(1) ended the command. fleet goes on with the work that the command had asked for.
    @Test(arguments: [124, 137] as [Int32]) func aCommandThatWaitsForEverIsEnded(status: Int32) async throws {
        let runner = DeisctlRunner(
            shell: Self.shell("deis-logger.service: activating/auto-restart\r", exitStatus: status).shell,
            package: Self.package)
        let outcome = try await runner.run(["start", "logger"], on: Self.host, within: .seconds(60))
        #expect(outcome.exitStatus == nil)
        #expect(outcome.said.reports.map(\.state) == ["activating/auto-restart"])
    }

    @Test func anotherFileIsAnotherPackage() {
        let other = DeisctlPackage(
            program: Self.package.program, templates: ["deis-router.service": Array("[Unit]\n\n".utf8)])
        #expect(other.digest != Self.package.digest)
    }
}

extension HostCommandResult {
    fileprivate static func output(_ text: String, _ exitStatus: Int32) -> HostCommandResult {
        HostCommandResult(output: Array(text.utf8), exitStatus: exitStatus)
    }
}
