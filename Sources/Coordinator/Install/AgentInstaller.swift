import AgentProtocol
import RolloutModel
import Rollouts

/// Puts the agent on hosts and takes it away, over the sessions of a shell.
///
/// A host is read first, and changed only if nothing is under way there and it still is as it was read.
public struct AgentInstaller: Sendable {
    let shell: HostShell
    /// Stands for a host's `/`; another directory in tests.
    let root: String
    /// Rollouts that are recorded here, and not being driven.
    let ours: Set<String>
    let despiteUnreadable: Bool
    /// Called when something that takes time begins.
    let notify: @Sendable (HostID, String) -> Void
    /// For a host with a rollout under way: what leads on from where it is, in a few words; nil where nobody knows. The
    /// report is nil where the agent tells none.
    let wayOn: @Sendable (HostID, HostReport?) async -> String?

    static let hostsAtOnce = 4
    private static let uploadDeadline = Duration.seconds(1800)
    private static let changeDeadline = Duration.seconds(180)

    public init(
        shell: HostShell, root: String = "", ours: Set<String> = [], despiteUnreadable: Bool = false,
        notify: @escaping @Sendable (HostID, String) -> Void = { _, _ in },
        wayOn: @escaping @Sendable (HostID, HostReport?) async -> String? = { _, _ in nil }
    ) {
        self.shell = shell
        self.root = root
        self.ours = ours
        self.despiteUnreadable = despiteUnreadable
        self.notify = notify
        self.wayOn = wayOn
    }

    /// - Returns: one result a host, in the order given.
    public func install(_ package: AgentPackage, on hosts: [HostID]) async -> [InstallResult] {
        await forEach(hosts) { host throws(HostFault) in try await install(package, on: host) }
    }

    /// - Parameter purge: also what the agent remembers, its highest fencing token included.
    /// - Returns: one result a host, in the order given.
    public func uninstall(from hosts: [HostID], purge: Bool) async -> [InstallResult] {
        await forEach(hosts) { host throws(HostFault) in try await uninstall(from: host, purge: purge) }
    }

    // MARK: One host

    private func install(_ package: AgentPackage, on host: HostID) async throws(HostFault) -> InstallResult {
        let survey = try await survey(host)
        if let place = survey.exposed.first {
            return InstallResult(
                host: host, outcome: .refused, versionBefore: survey.version, why: place.why,
                remedy: place.remedy(on: host))
        }
        if survey.holds(package) {
            return InstallResult(
                host: host, outcome: .upToDate, versionBefore: survey.version, version: survey.version)
        }
        if let machine = package.machine, machine != survey.machine {
            return InstallResult(
                host: host, outcome: .refused, versionBefore: survey.version,
                why: "it is a \(survey.machine) machine, and the agent is for \(machine)",
                remedy: "name an agent for \(survey.machine) with --agent")
        }
        let (engagement, report) = await engagement(of: host, survey)
        let decision = InstallDecision.installing(
            engagement, ours: ours, despiteUnreadable: despiteUnreadable)
        if let refused = await refused(decision, engagement, host, report, survey) { return refused }
        let version = try await put(package, on: host, survey)
        return InstallResult(
            host: host, outcome: survey.agent == nil ? .installed : .replaced, versionBefore: survey.version,
            version: version)
    }

    private func uninstall(from host: HostID, purge: Bool) async throws(HostFault) -> InstallResult {
        let survey = try await survey(host)
        guard !survey.holdsNothing || purge && survey.recordDigest != HostSurvey.noRecord else {
            return InstallResult(host: host, outcome: .absent)
        }
        let (engagement, report) = await engagement(of: host, survey)
        let decision = InstallDecision.removing(
            engagement, from: host, ours: ours, despiteUnreadable: despiteUnreadable)
        if let refused = await refused(decision, engagement, host, report, survey) { return refused }
        let command = HostCommand(
            InstallScript.remove, input: lines(root, purge ? "purge" : "keep", survey.recordDigest),
            deadline: Self.changeDeadline)
        guard try await lastLine(of: command, on: host).first == "removed" else {
            throw HostFault(host: host, kind: .answerUnreadable, why: "the removal did not say how it ended")
        }
        return InstallResult(host: host, outcome: .removed, versionBefore: survey.version)
    }

    private func survey(_ host: HostID) async throws(HostFault) -> HostSurvey {
        // Room for the longest record, and the lines before it.
        let result = try await shell.run(
            host,
            HostCommand(
                InstallScript.survey, input: lines(root),
                outputBytesMax: HostEngagement.recordBytesMax + (64 << 10), deadline: .seconds(60)))
        guard let survey = HostSurvey(output: result.output) else {
            throw result.rootTrouble(on: host)
                ?? HostFault(
                    host: host, kind: .commandFailed, why: "it cannot be read as root: \(result.ending)")
        }
        return survey
    }

    /// nil where the host may be touched.
    private func refused(
        _ decision: InstallDecision, _ engagement: HostEngagement, _ host: HostID, _ report: HostReport?,
        _ survey: HostSurvey
    ) async -> InstallResult? {
        guard case .refuse(let why, var remedy) = decision else { return nil }
        if case .engaged = engagement, let way = await wayOn(host, report) { remedy = way }
        return InstallResult(
            host: host, outcome: .refused, versionBefore: survey.version, why: why, remedy: remedy)
    }

    /// As the agent tells it; where it cannot, or is not to be run, as its record does, which says nothing of partitions.
    private func engagement(of host: HostID, _ survey: HostSurvey) async -> (HostEngagement, HostReport?) {
        if survey.agent != nil, survey.version != nil, root.isEmpty,
            let report = try? await AgentConversation(shell: shell, host: host).report(),
            let engagement = HostEngagement(report)
        {
            return (engagement, report)
        }
        return (HostEngagement(record: survey.record), nil)
    }

    /// - Returns: the version that the agent now in place prints.
    private func put(_ package: AgentPackage, on host: HostID, _ survey: HostSurvey) async throws(HostFault)
        -> String?
    {
        let room = try await makeRoom(on: host)
        do throws(HostFault) {
            notify(host, "uploading \(package.agent.count / 1_000_000) MB")
            try await shell.upload(host, package.agent, "\(room)/agent", Self.uploadDeadline)
            try await shell.upload(host, package.unit, "\(room)/unit", Self.uploadDeadline)
            let command = HostCommand(
                InstallScript.place,
                input: lines(root, room, package.agentDigest, package.unitDigest, survey.recordDigest),
                deadline: Self.changeDeadline)
            let words = try await lastLine(of: command, on: host)
            await remove(room, on: host)
            guard words.first == "placed" else {
                throw HostFault(
                    host: host, kind: .answerUnreadable, why: "the swap did not say how it ended")
            }
            return words.dropFirst().first
        } catch {
            await remove(room, on: host)
            throw error
        }
    }

    private func makeRoom(on host: HostID) async throws(HostFault) -> String {
        let result = try await shell.run(host, HostCommand(InstallScript.makeRoom))
        let name = result.outputText.split(separator: "\n").first.map(String.init) ?? ""
        let mark = name.dropFirst(InstallScript.roomPrefix.count)
        guard result.exitStatus == 0, name.hasPrefix(InstallScript.roomPrefix),
            mark.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else {
            throw HostFault(
                host: host, kind: .commandFailed,
                why: "no directory for the upload could be made in its /tmp: \(result.ending)")
        }
        return name
    }

    /// A failure here is not told: the room goes away with the session.
    private func remove(_ room: String, on host: HostID) async {
        _ = try? await shell.run(host, HostCommand(InstallScript.removeRoom, input: lines(room)))
    }

    /// The words a script ended with.
    ///
    /// - Throws: `HostFault` where it stopped, or did not get to its last line.
    private func lastLine(of command: HostCommand, on host: HostID) async throws(HostFault) -> [String] {
        let result = try await shell.run(host, command)
        let last = result.outputText.split(separator: "\n").last ?? ""
        let words = last.split(separator: " ").map(String.init)
        guard result.exitStatus == 0, words.first != "stopped" else {
            if let trouble = result.rootTrouble(on: host) { throw trouble }
            throw HostFault(
                host: host, kind: .commandFailed,
                why: InstallStop.sentence(words.count == 2 ? words[1] : "", result.complaint))
        }
        return words
    }

    private func lines(_ lines: String...) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

    // MARK: All hosts

    /// A few at once: each costs an upload of many megabytes.
    private func forEach(
        _ hosts: [HostID], _ body: @escaping @Sendable (HostID) async throws(HostFault) -> InstallResult
    ) async -> [InstallResult] {
        await withTaskGroup(of: (Int, InstallResult).self) { group in
            var waiting = hosts.enumerated().makeIterator()
            func next() {
                guard let (index, host) = waiting.next() else { return }
                group.addTask { (index, await Self.result(of: body, on: host)) }
            }
            for _ in 0..<Self.hostsAtOnce { next() }
            var results: [(Int, InstallResult)] = []
            while let result = await group.next() {
                results.append(result)
                next()
            }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func result(
        of body: @Sendable (HostID) async throws(HostFault) -> InstallResult, on host: HostID
    ) async -> InstallResult {
        do throws(HostFault) {
            return try await body(host)
        } catch {
            return InstallResult(
                host: host, outcome: .failed, why: error.why,
                remedy: error.remedy
                    ?? (error.kind == .unreachable
                        ? error.trouble.remedy(on: host).text()
                        : "run the same command again: it is safe to repeat"))
        }
    }
}
