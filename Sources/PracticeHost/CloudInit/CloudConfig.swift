/// A cloud-config: of all that coreos-cloudinit reads, what concerns updates (facts 10).
struct CloudConfig: Hashable, Sendable {
    struct Update: Hashable, Sendable {
        var group: String?
        var server: String?
        var rebootStrategy: String?
    }

    struct Unit: Hashable, Sendable {
        var name: String
        var command: String?
        /// The unit file that is to be written; nil for a unit that is there.
        var content: String?
    }

    var update = Update()
    var units: [Unit] = []

    /// YAML in the form that the practice script writes: two blanks a level, plain values, blocks after `|`.
    init(text: String) {
        var section = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = line.prefix { $0 == " " }.count
            let entry = line.dropFirst(depth)
            if depth >= 8, let last = units.indices.last, units[last].content != nil {
                units[last].content?.append("\(line.dropFirst(8))\n")
            } else if depth == 2 {
                section = String(entry.prefix { $0 != ":" })
            } else if depth >= 4 {
                take(entry, in: section)
            }
        }
    }

    private mutating func take(_ entry: Substring, in section: String) {
        let parts = entry.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return }
        // Dashes and underscores are one to it.
        let key = String(parts[0].map { $0 == "_" ? "-" : $0 })
        let value = String(parts[1].drop { $0 == " " }.filter { $0 != "\"" })
        switch (section, key) {
        case ("update", "group"): update.group = value
        case ("update", "server"): update.server = value
        case ("update", "reboot-strategy"): update.rebootStrategy = value
        case ("units", "- name"): units.append(Unit(name: value))
        case ("units", "command"): changeLastUnit { $0.command = value }
        case ("units", "content"): changeLastUnit { $0.content = "" }
        default: break
        }
    }

    private mutating func changeLastUnit(_ change: (inout Unit) -> Void) {
        guard let last = units.indices.last else { return }
        change(&units[last])
    }
}

extension CloudConfig.Update {
    /// update.conf anew: lines that begin with a key are replaced, missing keys follow at the end.
    ///
    /// - Returns: nil where nothing is asked for, and the file is left alone.
    func rewriting(_ text: String) -> String? {
        let values = [("GROUP", group), ("REBOOT_STRATEGY", rebootStrategy), ("SERVER", server)]
        var missing = values.compactMap { key, value in value.map { (key, "\(key)=\($0)") } }
        guard !missing.isEmpty else { return nil }
        let wanted = missing
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for index in lines.indices {
            guard let (key, line) = wanted.first(where: { lines[index].hasPrefix($0.0) }) else { continue }
            lines[index] = line
            missing.removeAll { $0.0 == key }
        }
        return (lines + missing.map(\.1)).map { $0 + "\n" }.joined()
    }
}

extension CloudConfig {
    /// The calls of systemctl, in this order: the units' own commands, then what follows from `update`.
    var systemctlCalls: [[String]] {
        var calls = units.compactMap { unit in unit.command.map { [$0, unit.name] } }
        switch update.rebootStrategy {
        case nil: break
        case "off": calls += [["mask", "--runtime", "locksmithd.service"], ["stop", "locksmithd.service"]]
        default: calls.append(["restart", "locksmithd.service"])
        }
        if update.group != nil || update.server != nil { calls.append(["restart", "update-engine.service"]) }
        return calls
    }
}
