/// A command of deisctl's that changes a unit or a setting, as a host's journal has it.
struct DeisctlCommand: Sendable, CustomStringConvertible {
    /// Seconds since 1970.
    var time: Double
    var version: String
    var verb: String
    var targets: [String]

    var description: String { "\(version) \(verb) \(targets.joined(separator: " "))" }

    private static let verbs: Set = [
        "config", "install", "start", "stop", "uninstall", "upgrade-prep", "upgrade-takeover",
    ]

    /// - Parameter line: `1780000000.123456 practice-1 deisctl[12]: 1.13.4 --endpoint=URL stop router@1`
    init?(noted line: Substring) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 4, let time = Double(words[0]) else { return nil }
        let said = words.dropFirst(4).filter { !$0.hasPrefix("--") }
        guard let verb = said.first, Self.verbs.contains(verb) else { return nil }
        (self.time, version, self.verb, targets) = (time, words[3], verb, Array(said.dropFirst()))
    }
}

extension [DeisctlCommand] {
    /// The commands that an upgrade must never give: each would stop what serves again, or give an application's outage twice.
    func wrong(for new: String) -> [String] {
        var (started, wrong): (Set<String>, [String]) = ([], [])
        for command in self where command.verb != "config" {
            let isNew = command.version == new
            switch command.verb {
            case "start" where isNew: started.formUnion(command.targets)
            case "start",
                "install" where !isNew:
                wrong.append("\(command): nothing old comes back")
            case "upgrade-prep": break
            case "upgrade-takeover":
                guard count(where: { $0.verb == command.verb }) > 1 else { break }
                wrong.append("\(command): asked for more than once")
            default:
                guard !started.isDisjoint(with: command.targets) else { break }
                wrong.append("\(command): that had been started anew")
            }
        }
        return wrong
    }
}
