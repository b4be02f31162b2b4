import RolloutModel

/// The parts of Turnstile that a host has, read as root before anything is changed.
struct HostSurvey: Hashable, Sendable {
    /// `uname -m`.
    var machine: String
    var agent: InstalledFile?
    /// The version that the agent prints; nil where it does not run.
    var version: String?
    var unit: InstalledFile?
    var isEnabled: Bool
    /// SHA-256 of `state.json`, or `none`; later steps are done only if it has not changed.
    var recordDigest: String
    var record: [UInt8]?
    /// The agent's files, and the directories above them, that somebody else than root can change.
    var exposed: [ExposedPlace]

    struct InstalledFile: Hashable, Sendable {
        var digest: String
        /// Octal mode, owner and group, as `stat -c %a:%u:%g` prints them.
        var access: String
    }

    static let noRecord = "none"

    /// - Parameter output: of `InstallScript.survey`.
    /// - Returns: nil when that did not run to its end.
    init?(output: [UInt8]) {
        var rest = output[...]
        var words: [String: [String]] = [:]
        var exposed: [ExposedPlace] = []
        while words["state"] == nil, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").map(String.init)
            if line.first == "exposed" { exposed.append(ExposedPlace(line.dropFirst())) }
            if let key = line.first { words[key] = Array(line.dropFirst()) }
            rest = rest[(end + 1)...]
        }
        guard let machine = words["machine"]?.first, let record = words["state"]?.first else { return nil }
        self.machine = machine
        agent = words["agent"].flatMap(InstalledFile.init)
        version = words["version"]?.first
        unit = words["unit"].flatMap(InstalledFile.init)
        isEnabled = words["enabled"]?.first == "enabled"
        self.exposed = exposed
        recordDigest = record
        self.record = record == Self.noRecord ? nil : Array(rest)
    }

    /// Exactly what `package` would make of it.
    func holds(_ package: AgentPackage) -> Bool {
        agent == InstalledFile(digest: package.agentDigest, access: "755:0:0")
            && unit == InstalledFile(digest: package.unitDigest, access: "644:0:0") && isEnabled
    }

    var holdsNothing: Bool { agent == nil && unit == nil }
}

extension HostSurvey.InstalledFile {
    fileprivate init?(_ words: [String]) {
        guard words.count == 2 else { return nil }
        self.init(digest: words[0], access: words[1])
    }
}

/// A directory on the way to the agent that is not root's alone.
struct ExposedPlace: Hashable, Sendable {
    var path: String
    /// `link`, or its owner and mode as `stat -c '%u %A'` prints them.
    var access: [String]

    init(_ words: some Collection<String>) {
        path = words.first ?? "/"
        access = Array(words.dropFirst())
    }

    var isLink: Bool { access == ["link"] }

    var why: String {
        if isLink {
            return
                "'\(path)' is a symbolic link, and whoever can change where it leads decides what root runs"
        }
        let how =
            access.count == 2
            ? access[0] == "0"
                ? "may be written to by others than root (\(access[1]))" : "belongs to user \(access[0])"
            : "cannot be looked at"
        return "'\(path)' \(how): whoever writes there decides what root runs"
    }

    func remedy(on host: HostID) -> String {
        let first = "look at what stands in it"
        return isLink
            ? "make it a directory of root's, then install again"
            : "\(first), make it root's own with 'ssh \(host.word) sudo chown root:root \(path)' and "
                + "'ssh \(host.word) sudo chmod go-w \(path)', then install again"
    }
}
