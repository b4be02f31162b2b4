import RolloutModel

/// The outcome of installing on, or removing from, one host.
public struct InstallResult: Codable, Hashable, Sendable {
    public var host: String
    public var outcome: Outcome
    /// The agent's version before; nil where there was no agent that runs.
    public var versionBefore: String?
    /// The agent's version now; nil where there is no agent, or its version is not known to have changed.
    public var version: String?
    /// The reason why the host was refused or failed.
    public var why: String?
    /// The remedy for that reason.
    public var remedy: String?

    public init(
        host: HostID, outcome: Outcome, versionBefore: String? = nil, version: String? = nil,
        why: String? = nil, remedy: String? = nil
    ) {
        self.host = host.rawValue
        self.outcome = outcome
        self.versionBefore = versionBefore
        self.version = version
        self.why = why
        self.remedy = remedy
    }

    public enum Outcome: String, Codable, CaseIterable, Sendable {
        case installed
        case replaced
        /// The host already has exactly these files, and was not touched.
        case upToDate = "up to date"
        case removed
        /// The host had no file of Turnstile.
        case absent
        /// The host was not touched, for a reason that a person must look at.
        case refused
        case failed

        public var isDone: Bool {
            switch self {
            case .installed, .replaced, .upToDate, .removed, .absent: true
            case .refused, .failed: false
            }
        }
    }
}
