import RolloutModel

/// The mappings of a runbook's file, and the keys that each accepts. No other key is read.
///
/// `docs/runbook.md` has an entry for each key, and a test holds the two together.
enum RunbookKeys: String, CaseIterable, Sendable {
    case top = ""
    case stage = "stages[]"
    case upgrade = "stages[].upgrade"
    case platform = "stages[].platform"

    /// The keys that may stand in this mapping.
    var names: [String] {
        switch self {
        case .top: ["stages"]
        case .stage: ["name", "upgrade", "platform"]
        case .upgrade:
            [
                "hosts", "to", "order", "group", "server", "leave-update-engine", "commit", "dead-man",
                "etcd-after", "on-failure", "retry-reverted", "move-leader", "stop-after", "override",
            ]
        case .platform:
            [
                "way", "to", "deisctl", "templates", "new-deisctl", "new-templates", "keep-image",
                "proxy-protocol", "backed-up", "backup-into", "controller",
            ]
        }
    }
}
