/// Hosts must be set up alike, and as they were when the plan was made.
extension Gates {
    /// Hosts that are still to go are compared with each other; the one whose turn it is, with what it was when the plan was
    /// made.
    func driftReasons(
        of host: HostID, _ seen: [(PlannedHost, HostFacts)], _ drift: GateSettings.Drift
    ) -> [HoldReason] {
        // A new image may bring drop-ins of its own.
        let waiting = seen.filter { $0.version == $1.version }
        var reasons: [HoldReason] = []
        var known: [(id: HostID, files: [String: String])] = []
        for (planned, facts) in waiting {
            guard let settings = facts.settings else {
                reasons.append(.host(.untold(host: planned.id, .settings, why: facts.why(.settings))))
                continue
            }
            known.append((planned.id, settings.files))
            if let expected = drift.userData, !settings.userData.values.contains(expected.sha256) {
                reasons.append(
                    .drift(
                        .userDataUnexpected(
                            host: planned.id, file: expected.file, found: settings.userData.keys.sorted())))
            }
            if planned.id == host, let changed = planned.settings.map(settings.drift), !changed.isEmpty {
                reasons.append(.drift(.settingsDrift(host: host, files: changed, against: .plan)))
            }
        }
        guard drift.compare != .none else { return reasons }
        return reasons + SettingsComparison(hosts: known, rule: drift.compare).differing
    }
}
