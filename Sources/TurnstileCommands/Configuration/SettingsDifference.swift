import RolloutJournal
import RolloutModel

/// What is set otherwise than when a rollout began, as far as that is news: told when it changes, and not at every resume.
struct SettingsDifference {
    /// Each key, and what it was; without what only says what the plan says already.
    let changed: [(key: String, was: String?)]
    private let isUnnamed: Bool

    /// - Parameters:
    ///   - start: as the rollout began.
    ///   - last: as whoever took it up last had it.
    init(from start: ConfigurationMark, over last: ConfigurationMark, to now: ConfigurationMark) {
        guard let before = start.settings, let current = now.settings else {
            changed = []
            isUnnamed = now.digest != last.digest && now.digest != start.digest
            return
        }
        isUnnamed = false
        let keys = Self.differing(before, current)
        let known = Set(last.settings.map { Self.differing(before, $0) } ?? [])
        let isNews = keys.contains { !known.contains($0) || last.settings?[$0] != current[$0] }
        changed = isNews ? keys.map { ($0, before[$0]) } : []
    }

    /// nil where nothing is to be said.
    var sentence: String? {
        if isUnnamed {
            return "Settings differ from the start. Gates and timeouts apply as they are now; the plan stays."
        }
        guard !changed.isEmpty else { return nil }
        let names = changed.map { key, was in
            guard let was, !was.hasPrefix(SettingName.digestPrefix) else {
                return was == nil ? "\(key) (was not set)" : key
            }
            return "\(key) (was \(was))"
        }
        return """
            Settings differ from the start: \(names.joined(separator: ", ")). Gates and timeouts apply as they are now; the plan \
            stays.
            """
    }

    /// What a plan was made by is often a flag of `upgrade` and no setting: only another value for it is a difference.
    private static func differing(_ before: [String: String], _ now: [String: String]) -> [String] {
        Set(before.keys).union(now.keys).filter { key in
            guard before[key] != now[key] else { return false }
            guard key.hasPrefix("update.") || key == "gates.etcd.after" else { return true }
            return now[key] != nil && now[key] != planDefaults[key]
        }.sorted()
    }

    /// What a key is where nobody set it.
    private static let planDefaults = [
        "update.order": HostOrder.given.description,
        "update.leave-update-engine": Plan.EngineRest.masked.rawValue,
        "update.commit": Plan.CommitMethod.engine.rawValue,
    ]
}
