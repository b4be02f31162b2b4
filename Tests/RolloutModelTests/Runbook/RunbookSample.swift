import RolloutModel

/// Stages of runbooks, as tests need them.
enum RunbookSample {
    static let hosts: [HostID] = ["a", "b", "c"].map { HostID($0) }

    /// - Parameter hosts: the hosts' names; nil for all.
    static func hosts(_ name: String, to: String, _ hosts: [String]? = nil) -> RunbookStage {
        RunbookStage(
            name: StageName(name),
            work: .hosts(
                HostStage(
                    hosts: hosts?.map { HostID($0) }, to: Version(to), order: nil, group: nil, server: nil,
                    engineRest: nil, commit: nil, deadMan: nil, etcdAfter: nil, onFailure: .hold,
                    retryReverted: false, movesLeader: false, stopAfter: nil, overrides: [])))
    }

    static func platform(_ name: String, to: PlatformVersion) -> RunbookStage {
        func tool(_ side: String) -> PlatformStage.Tool {
            .init(program: .here(path: "/opt/\(side)/deisctl"), templates: "/opt/\(side)/units")
        }
        return RunbookStage(
            name: StageName(name),
            work: .platform(
                PlatformStage(
                    way: .graceful, to: to, old: tool("old"), new: tool("new"), keptImages: [],
                    proxyProtocol: nil, isBackedUp: true, backup: nil, controller: nil)))
    }

    static let head = JournalHead(entry: 40, sha256: String(repeating: "a", count: 64))
}

extension StageName: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}

extension RunbookName: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}
