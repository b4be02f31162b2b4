import ClusterAnswers
public import RolloutModel
public import Rollouts

/// Runs a deisctl on a host of the cluster, without a tunnel. The file is sent to the host, and verified
/// there before each use.
public struct DeisctlRunner: Sendable {
    let shell: HostShell
    let package: DeisctlPackage

    public init(shell: HostShell, package: DeisctlPackage) {
        self.shell = shell
        self.package = package
    }

    /// The outcome of a command of deisctl's. The outcome proves nothing.
    public struct Outcome: Hashable, Sendable {
        public var said: DeisctlOutput
        /// The first line of its standard output.
        public var firstLine: String
        /// The exit code; nil where timeout(1) ended the command at its deadline.
        public var exitStatus: Int32?
    }

    private static let lateStatus: Set<Int32?> = [124, 137]
    private static let outputBytesMax = 4 << 20
    private static let uploadTime = Duration.seconds(600)
    /// The time in which timeout(1) ends a command that does not heed the first signal, and the answer
    /// comes.
    private static let endingTime = Duration.seconds(20)

    /// Requests of etcd that the host makes again and again while deisctl runs, and for 15 s after it.
    struct Asking: Sendable {
        /// A configuration for curl.
        var configuration: String
        /// True if curl needs root's files.
        var asRoot: Bool
    }

    /// - Parameters:
    ///   - arguments: the command's words, without a newline in them.
    ///   - span: the longest time that the command may take.
    /// - Throws: `HostFault`. The kind is `interrupted` where nobody knows if the command was heard.
    public func run(
        _ arguments: [String], on host: HostID, within span: Duration
    ) async throws(HostFault) -> Outcome {
        try await run(arguments, on: host, within: span, asking: nil)
    }

    /// - Parameter asking: the requests that the host makes meanwhile; nil for none.
    func run(
        _ arguments: [String], on host: HostID, within span: Duration, asking: Asking?
    ) async throws(HostFault) -> Outcome {
        try await place(on: host)
        let whole = max(1, span.secondsRoundedUp)
        var input = [package.digest, "\(whole)", "\(arguments.count)"] + arguments
        if let asking { input += [asking.asRoot ? "root" : "login", asking.configuration] }
        let result = try await shell.run(
            host,
            HostCommand(
                asking == nil ? DeisctlScript.run : DeisctlScript.runAsking, input: Self.lines(input),
                outputBytesMax: Self.outputBytesMax, deadline: .seconds(whole) * 2 + Self.endingTime))
        let isLate = Self.lateStatus.contains(result.exitStatus)
        let first = result.outputText.split(separator: "\n").first.map { ForeignText.line($0) }
        return Outcome(
            said: DeisctlOutput(output: result.output, errors: result.errors), firstLine: first ?? "",
            exitStatus: isLate ? nil : result.exitStatus)
    }

    /// The version that the deisctl prints of itself.
    public func version(on host: HostID) async throws(HostFault) -> Observation<PlatformVersion> {
        let outcome = try await run(["--version"], on: host, within: .seconds(20))
        guard let version = PlatformVersion(outcome.firstLine) else {
            return .unknown(
                "'deisctl --version' says '\(ForeignText.line(outcome.firstLine, charactersMax: 80))'")
        }
        return .seen(version)
    }

    /// Puts the package on a host, unless it is there as it should be.
    private func place(on host: HostID) async throws(HostFault) {
        guard try await !isReady(on: host) else { return }
        let made = try await shell.run(
            host, HostCommand(DeisctlScript.room, input: Self.lines([package.digest])))
        let room = made.outputText.split(separator: "\n").last.map(String.init) ?? ""
        guard made.exitStatus == 0, room.hasPrefix("/"),
            room.hasSuffix("/\(DeisctlScript.rooms)/\(package.digest)")
        else {
            throw HostFault(
                host: host, kind: .commandFailed,
                why: "no directory for deisctl could be made in its login user's home: \(made.ending)")
        }
        for file in package.files {
            try await shell.upload(host, file.bytes, "\(room)/\(file.path)", Self.uploadTime)
        }
        guard try await isReady(on: host) else {
            throw HostFault(
                host: host, kind: .commandFailed, why: "deisctl did not arrive as it was sent (SHA-256)")
        }
    }

    private func isReady(on host: HostID) async throws(HostFault) -> Bool {
        let result = try await shell.run(
            host,
            HostCommand(DeisctlScript.check, input: Self.lines([package.digest]) + Array(package.list.utf8)))
        return result.outputText == "ready\n"
    }

    private static func lines(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

    /// A file of a host, such as a deisctl that is there already.
    ///
    /// - Throws: `HostFault` where there is no such file, or the file has more bytes than `bytesMax`.
    public static func file(
        _ path: String, on host: HostID, shell: HostShell, bytesMax: Int = 256 << 20
    ) async throws(HostFault) -> [UInt8] {
        guard !path.contains("\n"), path.hasPrefix("/") else {
            throw HostFault(host: host, kind: .commandFailed, why: "'\(path)' is no path from the root")
        }
        let result = try await shell.run(
            host,
            HostCommand(
                DeisctlScript.fetch, input: lines([path]), outputBytesMax: bytesMax,
                deadline: uploadTime))
        guard result.exitStatus == 0 else {
            throw HostFault(
                host: host, kind: .commandFailed, why: "'\(path)' cannot be read: \(result.ending)")
        }
        return result.output
    }
}
