import RolloutModel

/// The words for the holder of the cluster's lock.
package enum HolderText {
    package static func lines(_ holder: LockHolder) -> [String] {
        let age = RolloutText.age(since: holder.since).map { ", \($0) ago" } ?? ""
        let lines = [
            "rollout  \(holder.rollout)", "of       \(holder.operatorName)", "since    \(holder.since)\(age)",
        ]
        return lines.map { ForeignText.line($0) }
    }
}
