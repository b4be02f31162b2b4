/// What a host holds of Turnstile, read as root before anything is changed.
struct HostSurvey: Hashable, Sendable {
    /// `uname -m`.
    var machine: String
    var agent: InstalledFile?
    /// What the agent prints as its version; nil where it does not run.
    var version: String?
    var unit: InstalledFile?
    var isEnabled: Bool
    /// SHA-256 of `state.json`, or `none`; what is done later is done only if it is still this.
    var recordDigest: String
    var record: [UInt8]?

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
        while words["state"] == nil, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").map(String.init)
            if let key = line.first { words[key] = Array(line.dropFirst()) }
            rest = rest[(end + 1)...]
        }
        guard let machine = words["machine"]?.first, let record = words["state"]?.first else { return nil }
        self.machine = machine
        agent = words["agent"].flatMap(InstalledFile.init)
        version = words["version"]?.first
        unit = words["unit"].flatMap(InstalledFile.init)
        isEnabled = words["enabled"]?.first == "enabled"
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
