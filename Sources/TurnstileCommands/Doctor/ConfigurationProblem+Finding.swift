import RolloutModel

extension ConfigurationProblem {
    /// The problem as `doctor` tells it.
    var finding: Checkup.Finding {
        .fault(.configuration, .here, ForeignText.line(description), fix: fix)
    }

    private var fix: Remedy {
        let place = [file, line.map { "line \($0)" }].compactMap(\.self).joined(separator: ", ")
        switch fault {
        case .unknownKey(let nearest?, _): return ["in \(place), write \(set: nearest), if that is meant"]
        case .unknownKey(nil, _): return ["take \(set: key) out of \(place), or write a key that is known"]
        case .unexpected(_, let expected): return ["in \(place), give \(set: key) \(expected)"]
        case .duplicateHost(let name, _): return ["in \(place), name '\(name)' once"]
        case .notYAML: return ["mend \(place)"]
        case .unreadable(_, let remedy):
            guard let file, key.isEmpty else { return ["\(remedy)"] }
            return Remedy(["\(remedy)"] + Self.making(file))
        case .noHosts:
            return Remedy(["name hosts, or have a cluster tell them:"] + Self.making(Configuration.usualPath))
        }
    }

    private static func making(_ file: String) -> [Remedy.Step] {
        [
            "where there is none yet, one is made by:",
            "\(run: "turnstile init --from HOST --write \(file)", .here)",
        ]
    }
}
