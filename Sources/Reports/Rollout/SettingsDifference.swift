import RolloutJournal
import RolloutModel

/// The settings that differ from the start of a rollout. A difference is reported when it appears, and not at every
/// resume.
package struct SettingsDifference {
    /// The keys that differ, with their values at the start; without those that only repeat the plan.
    let changed: [(key: String, was: String?)]
    private let isUnnamed: Bool

    /// - Parameters:
    ///   - start: the configuration at the start of the rollout.
    ///   - last: the configuration of the last process that took the rollout up.
    package init(from start: ConfigurationMark, over last: ConfigurationMark, to now: ConfigurationMark) {
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

    /// The sentence for the operator; nil if there is no news.
    package var sentence: String? {
        if isUnnamed {
            return "Settings differ from the start. Gates and timeouts apply as they are now; the plan stays."
        }
        guard !changed.isEmpty else { return nil }
        let names = changed.map { key, was in
            guard let was, !was.hasPrefix(ConfigurationMark.digestPrefix) else {
                return was == nil ? "\(key) (was not set)" : key
            }
            return "\(key) (was \(was))"
        }
        return """
            Settings differ from the start: \(names.joined(separator: ", ")). Gates and timeouts apply as they are now; the plan \
            stays.
            """
    }

    /// The keys that differ. A plan's choices often come from flags of `upgrade`, so their settings count only if set
    /// to another value than the default.
    private static func differing(_ before: [String: String], _ now: [String: String]) -> [String] {
        Set(before.keys).union(now.keys).filter { key in
            guard before[key] != now[key] else { return false }
            guard key.hasPrefix("update.") || key == "gates.etcd.after" else { return true }
            return now[key] != nil && now[key] != planDefaults[key]
        }.sorted()
    }

    /// The values of the plan's keys by default.
    private static let planDefaults = [
        "update.order": HostOrder.given.description,
        "update.leave-update-engine": EngineRest.masked.rawValue,
        "update.commit": CommitMethod.engine.rawValue,
    ]
}
