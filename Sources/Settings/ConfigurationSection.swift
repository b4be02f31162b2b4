import Yams

/// A mapping of `turnstile.yaml`, read key by key. Problems go to `problems`, and reading goes on, so that all
/// of a file's problems are told at once.
struct ConfigurationSection {
    /// Dotted; empty for the file's top.
    let name: String
    private let file: String
    private let line: Int?
    private var values: [String: Node] = [:]

    /// Reports keys that are not of `keys`, and gives nil for anything but a mapping.
    init?(
        _ node: Node, name: String, file: String, keys: [String], problems: inout [ConfigurationProblem]
    ) {
        self.name = name
        self.file = file
        line = node.mark?.line
        guard case .mapping(let mapping) = node else {
            // `ssh:` with every line under it commented out says nothing, and nothing wrong.
            if !node.isNothing {
                problems.append(
                    ConfigurationProblem(
                        file: file, line: node.mark?.line, key: name,
                        fault: .unexpected(found: node.summary, expected: "keys and values")))
            }
            return nil
        }
        for (key, value) in mapping {
            let text = key.scalar?.string ?? ""
            if keys.contains(text) {
                values[text] = value
            } else {
                problems.append(unknown(key, text, keys: keys))
            }
        }
    }

    private func unknown(_ key: Node, _ text: String, keys: [String]) -> ConfigurationProblem {
        let shown = text.isEmpty ? key.summary : String(text.prefix(80))
        return ConfigurationProblem(
            file: file, line: key.mark?.line, key: path(shown),
            fault: .unknownKey(
                nearest: Spelling.nearest(to: text, in: keys).map(path), known: keys.sorted().map(path)))
    }

    func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }

    func node(_ key: String) -> Node? { values[key] }

    func value<Value>(
        _ key: String, _ kind: ConfigurationValue<Value>, _ problems: inout [ConfigurationProblem]
    ) -> Value? {
        values[key].flatMap { read($0, kind, path(key), &problems) }
    }

    func values<Value>(
        _ key: String, each kind: ConfigurationValue<Value>, _ problems: inout [ConfigurationProblem]
    ) -> [Value]? {
        guard let node = values[key] else { return nil }
        guard case .sequence(let items) = node else {
            problems.append(problem(node, path(key), "a list, each \(kind.expected)"))
            return nil
        }
        return items.enumerated().compactMap { read($1, kind, "\(path(key))[\($0 + 1)]", &problems) }
    }

    func section(_ key: String, _ keys: ConfigurationKeys, _ problems: inout [ConfigurationProblem])
        -> ConfigurationSection?
    {
        section(key, keys: keys.names, &problems)
    }

    func section(_ key: String, keys: [String], _ problems: inout [ConfigurationProblem])
        -> ConfigurationSection?
    {
        values[key].flatMap {
            ConfigurationSection($0, name: path(key), file: file, keys: keys, problems: &problems)
        }
    }

    /// The mappings of a list; none where the key is not there.
    func sections(_ key: String, _ keys: ConfigurationKeys, _ problems: inout [ConfigurationProblem])
        -> [ConfigurationSection]
    {
        sections(key, keys: keys.names, &problems)
    }

    /// The mappings of a list; none where the key is not there.
    func sections(_ key: String, keys: [String], _ problems: inout [ConfigurationProblem])
        -> [ConfigurationSection]
    {
        guard let node = values[key] else { return [] }
        guard case .sequence(let items) = node else {
            problems.append(problem(node, path(key), "a list of keys and values"))
            return []
        }
        return items.enumerated().compactMap { index, item in
            ConfigurationSection(
                item, name: "\(path(key))[\(index + 1)]", file: file, keys: keys, problems: &problems)
        }
    }

    /// A value without which its section means nothing.
    func require<Value>(
        _ key: String, _ kind: ConfigurationValue<Value>, _ problems: inout [ConfigurationProblem]
    ) -> Value? {
        guard values[key] == nil else { return value(key, kind, &problems) }
        problems.append(
            ConfigurationProblem(
                file: file, line: line, key: path(key),
                fault: .unexpected(found: "nothing", expected: kind.expected)))
        return nil
    }

    /// Reports a list that this section is nothing without, where it is missing or empty.
    func demand(_ key: String, _ expected: String, _ problems: inout [ConfigurationProblem]) {
        if case .sequence(let items)? = values[key], items.isEmpty {
            problems.append(problem(Node.sequence(items), path(key), expected))
        } else if values[key] == nil {
            problems.append(
                ConfigurationProblem(
                    file: file, line: line, key: path(key),
                    fault: .unexpected(found: "nothing", expected: expected)))
        }
    }

    /// Reports something that is wrong with a key's value; nil for the whole mapping.
    func report(
        _ key: String?, found: String, expected: String, _ problems: inout [ConfigurationProblem]
    ) {
        let node = key.flatMap { values[$0] }
        problems.append(
            ConfigurationProblem(
                file: file, line: node?.mark?.line ?? line, key: key.map(path) ?? name,
                fault: .unexpected(found: found, expected: expected)))
    }

    /// Reports something that is wrong with an item of a key's list. Items count from 0.
    func report(
        _ key: String, item: Int, found: String, expected: String,
        _ problems: inout [ConfigurationProblem]
    ) {
        let node = values[key].flatMap { $0.sequence.flatMap { $0.indices.contains(item) ? $0[item] : nil } }
        problems.append(
            ConfigurationProblem(
                file: file, line: node?.mark?.line ?? line, key: "\(path(key))[\(item + 1)]",
                fault: .unexpected(found: found, expected: expected)))
    }

    private func read<Value>(
        _ node: Node, _ kind: ConfigurationValue<Value>, _ path: String,
        _ problems: inout [ConfigurationProblem]
    ) -> Value? {
        guard let text = node.scalar?.string, !node.isNothing, let value = kind.read(text) else {
            problems.append(problem(node, path, kind.expected))
            return nil
        }
        return value
    }

    private func problem(_ node: Node, _ path: String, _ expected: String) -> ConfigurationProblem {
        ConfigurationProblem(
            file: file, line: node.mark?.line, key: path,
            fault: .unexpected(found: node.summary, expected: expected))
    }
}

extension Node {
    /// A key without a value.
    var isNothing: Bool { tag == Tag(.null) }

    /// The value that was found, in an error's words.
    var summary: String {
        switch self {
        case .scalar(let scalar): isNothing ? "nothing" : scalar.string.quotedForError
        case .mapping: "keys and values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
