import AgentProtocol
import HostFiles

/// Reads the host. Every answer is a value; nothing here decides.
struct HostReader: Sendable {
    static let pendingMarkerPath = Unreadable.updatePending

    /// In seconds: more than thirty years without a reboot nobody has.
    private static let believableUptime = 0.0...1e9

    var effects: HostEffects

    func bootID() throws(HostFault) -> String {
        try identity("/proc/sys/kernel/random/boot_id", digits: 32, dashes: 4)
    }

    func machineID() throws(HostFault) -> String { try identity("/etc/machine-id", digits: 32) }

    /// Hexadecimal digits, not all of them zero: what is no identity is not compared with one.
    private func identity(_ path: String, digits: Int, dashes: Int = 0) throws(HostFault) -> String {
        let line = try firstLine(of: path)
        let found = line.utf8.filter { $0 != UInt8(ascii: "-") }
        let isIdentity =
            found.count == digits && line.utf8.count == digits + dashes
            && found.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
            && found.contains { $0 != UInt8(ascii: "0") }
        guard isIdentity else {
            throw .notUnderstood(subject: path, reason: "found \(String(line.prefix(64)).debugDescription)")
        }
        return line
    }

    func hostname() throws(HostFault) -> String { try firstLine(of: "/proc/sys/kernel/hostname") }

    func uptimeSeconds() throws(HostFault) -> Double {
        let line = try firstLine(of: "/proc/uptime")
        guard let seconds = line.split(separator: " ").first.flatMap({ Double($0) }),
            Self.believableUptime.contains(seconds)
        else {
            throw .notUnderstood(subject: "/proc/uptime", reason: "found \(line.debugDescription)")
        }
        return seconds
    }

    func osRelease() throws(HostFault) -> OSRelease {
        guard let text = try effects.files.text(OSRelease.path) else { throw missing(OSRelease.path) }
        return try understood(OSRelease.path) { () throws(MalformedText) in try OSRelease(text) }
    }

    /// `VERSION_ID` of the running system.
    func runningVersion() throws(HostFault) -> String {
        guard let version = try osRelease().versionID else {
            throw .notUnderstood(subject: OSRelease.path, reason: "it has no VERSION_ID")
        }
        return version
    }

    func distribution() throws(HostFault) -> Distribution {
        let release = try osRelease()
        guard let distribution = Distribution(release) else {
            throw .notUnderstood(
                subject: OSRelease.path,
                reason: "ID=\(release.id ?? "") is neither coreos nor flatcar")
        }
        return distribution
    }

    /// An update is applied and waits for a reboot (facts 0.5).
    func isUpdatePending() throws(HostFault) -> Bool {
        try effects.files.exists(Self.pendingMarkerPath)
    }

    private func firstLine(of path: String) throws(HostFault) -> String {
        guard let line = try effects.files.text(path)?.split(separator: "\n").first else {
            throw missing(path)
        }
        return String(line)
    }

    private func missing(_ path: String) -> HostFault {
        .fileFailed(operation: .read, path: path, reason: "it is missing or empty")
    }
}

/// The value that a parser made of the host's words, with the parser's complaint as the host's fault.
func understood<Value>(_ subject: String, _ parse: () throws(MalformedText) -> Value) throws(HostFault)
    -> Value
{
    do {
        return try parse()
    } catch {
        throw .notUnderstood(subject: subject, reason: String(describing: error))
    }
}

extension HostEffects {
    /// Runs a command that must succeed.
    @discardableResult
    func succeed(_ command: HostCommand) async throws(HostFault) -> CommandOutcome {
        let outcome = try await run(command)
        guard outcome.succeeded else { throw .commandFailed(command, outcome) }
        return outcome
    }
}
