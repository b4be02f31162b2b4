import RolloutModel

/// The changes that a plan makes on its hosts, those that the release brings, and the answers of the gates.
enum PlanSeenText {
    static func lines(_ plan: Plan, _ seen: PlanSeen, on terminal: Terminal) -> [String] {
        let sections = [releases(plan, seen), changes(seen.changes)].filter { !$0.isEmpty }
        return sections.flatMap { [""] + $0.map { Columns.Cell($0).text } }
            + gates(seen.gates ?? [], on: terminal)
    }

    // MARK: Places

    /// The reasons for the place of a host, and what is apart about its turn.
    static func place(of host: PlannedHost, in plan: Plan, _ seen: PlanSeen) -> String {
        var reasons = [seen.places[host.id.rawValue] ?? "as listed"]
        if host.version == plan.target.pinned { reasons.append("has no turn") }
        if isAfterStop(host, plan) { reasons.append("after the stop") }
        if let point = seen.etcd?.pointOfNoReturn, point.host == host.id {
            reasons.append("etcd's point of no return")
        }
        return reasons.joined(separator: "; ")
    }

    private static func isAfterStop(_ host: PlannedHost, _ plan: Plan) -> Bool {
        guard let stop = plan.stopAfter else { return false }
        let turns = plan.hosts.filter { $0.version != plan.target.pinned }.map(\.id)
        return turns.firstIndex(of: host.id).map { $0 >= stop } ?? false
    }

    // MARK: Releases

    private static func releases(_ plan: Plan, _ seen: PlanSeen) -> [String] {
        guard plan.target.pinned != nil else {
            return seen.gates == nil
                ? []
                : [
                    "What changes between the releases is known once the first host has been offered one, or with --to."
                ]
        }
        return seen.releases.flatMap(lines)
    }

    private static func lines(_ change: ReleaseChange) -> [String] {
        let between = "From \(change.from) to \(change.to)"
        let unknown =
            change.unknown.isEmpty
            ? [] : ["\(between), not known: \(change.unknown.joined(separator: ", "))."]
        guard !change.parts.isEmpty else {
            return unknown.isEmpty ? ["\(between): patch levels alone."] : unknown
        }
        return ["\(between): \(change.parts.map(words).joined(separator: "; "))."] + unknown
    }

    private static func words(_ part: ReleaseChange.Part) -> String {
        switch (part.was, part.becomes) {
        case (let was?, let becomes?): "\(part.name) \(was) -> \(becomes)"
        case (let was?, nil): "\(part.name) \(was) goes"
        case (nil, let becomes?): "\(part.name) \(becomes) comes"
        case (nil, nil): part.name
        }
    }

    // MARK: Changes

    private static func changes(_ changes: [HostChange]) -> [String] {
        guard !changes.isEmpty else { return [] }
        return settings(changes) + engines(changes) + partitions(changes)
    }

    private static func settings(_ changes: [HostChange]) -> [String] {
        let groups = grouped(changes, by: \.settings)
        guard groups.contains(where: { !$0.value.isEmpty }) else {
            return ["update.conf stays as it is."]
        }
        return groups.flatMap { settings, hosts in
            settings.isEmpty
                ? ["update.conf stays as it is on \(hosts)."]
                : ["update.conf on \(hosts), by the values in force:"] + settings.flatMap(diff)
        }
    }

    private static func diff(_ setting: HostChange.Setting) -> [String] {
        (setting.was.map { ["  -\(setting.key)=\($0)"] } ?? []) + ["  +\(setting.key)=\(setting.becomes)"]
    }

    private static func engines(_ changes: [HostChange]) -> [String] {
        grouped(changes, by: \.engine).flatMap { engine, hosts in
            engine.map {
                [
                    "update-engine.service on \(hosts), between the steps and afterwards:",
                    "  -\($0.was.joined(separator: ", "))", "  +\($0.becomes.joined(separator: ", "))",
                ]
            } ?? []
        }
    }

    private static func partitions(_ changes: [HostChange]) -> [String] {
        let known = grouped(changes, by: \.partition).compactMap { label, hosts in
            label.map { "\($0) on \(hosts)" }
        }
        return known.isEmpty ? [] : ["Overwritten, and booted next: \(known.joined(separator: "; "))."]
    }

    /// The hosts with the same value, in words; in the order of the first of them.
    private static func grouped<Value: Hashable>(
        _ changes: [HostChange], by value: KeyPath<HostChange, Value>
    ) -> [(value: Value, hosts: String)] {
        var groups: [(value: Value, hosts: [String])] = []
        for change in changes {
            if let index = groups.firstIndex(where: { $0.value == change[keyPath: value] }) {
                groups[index].hosts.append(change.host.rawValue)
            } else {
                groups.append((change[keyPath: value], [change.host.rawValue]))
            }
        }
        return groups.map { ($0.value, Names.text($0.hosts)) }
    }

    // MARK: Gates

    private static func gates(_ gates: [GateReport.Gate], on terminal: Terminal) -> [String] {
        guard !gates.isEmpty else { return [] }
        var table = Columns(header: ["GATE", "NOW", "WHAT WAS SEEN"])
        for gate in gates {
            let seen =
                gate.holds.map { Columns.Cell($0.says, .yellow) }
                + gate.evidence.map { Columns.Cell("\($0.by): \($0.says)") }
            let isOpen = gate.state == .open
            let first: [Columns.Cell] = [
                .init(gate.gate), .init(isOpen ? "open" : "holds", isOpen ? .green : .yellow),
            ]
            table.rows.append(first + [seen.first ?? "-"])
            table.rows += seen.dropFirst().map { ["", "", $0] }
        }
        return [""] + table.lines(on: terminal)
    }
}
