/// Why there is no configuration: every problem of files and flags at once, in the order of their lines.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package var problems: [ConfigurationProblem]
    /// The thing that has the problems.
    private let subject: String

    /// Flags first, then file by file as they were read, line by line.
    package init(_ problems: [ConfigurationProblem], of subject: String = "the configuration") {
        self.subject = subject
        var order: [String: Int] = [:]
        for file in problems.compactMap(\.file) where order[file] == nil { order[file] = order.count + 1 }
        func place(_ problem: ConfigurationProblem) -> (Int, Int) {
            (problem.file.flatMap { order[$0] } ?? 0, problem.line ?? 0)
        }
        // The sort is stable, so that problems of one line stay as they were found.
        self.problems = problems.sorted { place($0) < place($1) }
    }

    package var description: String {
        guard problems.count != 1 else { return problems[0].description }
        let lines = problems.map { "  - \($0)" }
        return (["\(problems.count) problems in \(subject):"] + lines).joined(separator: "\n")
    }
}

/// A problem: its place, what was found there, and what is allowed.
package struct ConfigurationProblem: Hashable, Sendable {
    /// The file, as the user named it; nil for a flag.
    package var file: String?
    /// 1-based.
    package var line: Int?
    /// A dotted path such as `gates.etcd.samples`, or a flag such as `--to`; empty where the whole file is meant.
    package var key: String
    package var fault: Fault

    package enum Fault: Hashable, Sendable {
        /// `nearest` and `known` are dotted paths too.
        case unknownKey(nearest: String?, known: [String])
        case unexpected(found: String, expected: String)
        case duplicateHost(name: String, firstLine: Int?)
        /// A host that is not listed, and is most likely a listed one, or a group.
        case misspelt(host: String, nearest: String)
        /// A part of a choice that is neither a host nor a group.
        case namesNothing(part: String, nearest: String?)
        case noneChosen
        case notYAML(reason: String)
        case unreadable(reason: String, remedy: String)
        case noHosts
    }
}

extension ConfigurationProblem {
    /// A problem of a whole file, or of a flag.
    package init(file: String?, key: String, fault: Fault) {
        self.init(file: file, line: nil, key: key, fault: fault)
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    package var description: String {
        let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        let subject = [place, key].filter { !$0.isEmpty }.joined(separator: ": ")
        return subject.isEmpty ? "\(fault)" : "\(subject): \(fault)"
    }
}

extension ConfigurationProblem.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownKey(let nearest?, _): "no such key; did you mean '\(nearest)'?"
        case .unknownKey(nil, let known): "no such key; allowed are \(known.joined(separator: ", "))"
        case .unexpected(let found, let expected): "found \(found), expected \(expected)"
        case .duplicateHost(let name, let firstLine):
            "host '\(name)' is named twice" + (firstLine.map { ", first on line \($0)" } ?? "")
        case .misspelt(let host, let nearest):
            """
            '\(host)' is not listed; did you mean '\(nearest)'? A host of its own is named with its user: core@\(host)
            """
        case .namesNothing(let part, let nearest):
            "'\(part)' is neither a host here nor a group" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .noneChosen: "no host is left"
        case .notYAML(let reason): "not YAML: \(reason)"
        case .unreadable(let reason, let remedy): "cannot be read: \(reason). \(remedy)"
        case .noHosts:
            "there are no hosts. Name them as arguments, under 'hosts' in turnstile.yaml, or with --hosts-file"
        }
    }
}
