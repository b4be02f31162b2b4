import RolloutModel
import Settings

extension ConfigurationProblem {
    /// The problem as `doctor` tells it.
    ///
    /// - Parameter missing: the configuration's path where nothing is; nil where something is.
    func finding(missing: String?) -> Checkup.Finding {
        .fault(.configuration, .here, ForeignText.line(description), fix: fix(missing))
    }

    private func fix(_ missing: String?) -> Remedy {
        let place = [file, line.map { "line \($0)" }].compactMap(\.self).joined(separator: ", ")
        switch fault {
        case .unknownKey(let nearest?, _): return ["in \(place), write \(set: nearest), if that is meant"]
        case .unknownKey(nil, _): return ["take \(set: key) out of \(place), or write a key that is known"]
        case .unexpected(_, let expected) where key.isEmpty: return ["\(place) must hold \(expected)"]
        case .unexpected(_, let expected): return ["in \(place), give \(set: key) \(expected)"]
        case .duplicateHost(let name, _): return ["in \(place), name '\(name)' once"]
        case .misspelt(_, let nearest): return ["write '\(nearest)', if that is meant"]
        case .namesNothing(let part, _): return ["write a host or a group in place of '\(part)'"]
        case .noneChosen: return ["choose a host that is listed"]
        case .notYAML: return ["mend \(place)"]
        case .unreadable(_, let remedy):
            guard let missing, file == missing, key.isEmpty else { return ["\(remedy)"] }
            return Remedy(["\(remedy)"] + Self.making(missing))
        case .noHosts: return naming(missing)
        }
    }

    /// Hosts are named in the file, or a cluster tells them.
    private func naming(_ missing: String?) -> Remedy {
        if let missing {
            return Remedy(["name hosts, or have a cluster tell them:"] + Self.making(missing))
        }
        let name = file ?? Configuration.usualPath
        return [
            "name hosts under \(set: "hosts") in \(name), or have a cluster tell them:",
            "\(run: "turnstile --config \(name) init --from HOST", .here)",
        ]
    }

    private static func making(_ file: String) -> [Remedy.Step] {
        [
            "where there is none yet, one is made by:",
            "\(run: "turnstile init --from HOST --write \(file)", .here)",
        ]
    }
}
