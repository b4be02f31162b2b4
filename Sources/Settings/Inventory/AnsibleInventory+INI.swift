extension AnsibleInventory {
    /// - Throws: `ConfigurationError` with every problem of the file.
    init(ini text: String, file: String) throws(ConfigurationError) {
        var reader = INIReader(file: file)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() { reader.take(line, number: index + 1) }
        self = try reader.finish()
    }
}

private struct INIReader {
    var file: String
    var inventory = AnsibleInventory()
    var problems: [ConfigurationProblem] = []
    private var section = Section.hosts(group: "ungrouped")
    /// Where a group is named as a child: it may be defined further down.
    private var children: [(name: String, line: Int)] = []

    init(file: String) { self.file = file }

    private enum Section {
        case hosts(group: String)
        case children(group: String)
        case variables(group: String)
        /// The section's header was none, so the meaning of its lines is not known.
        case unknown
    }

    mutating func take(_ line: Substring, number: Int) {
        let content = line.trimmingPrefix(while: \.isWhitespace)
        guard !content.isEmpty, !content.hasPrefix("#"), !content.hasPrefix(";") else { return }
        // `[fd00::1]:22` begins so too, and no group has two colons.
        if content.hasPrefix("["), !content.contains("]:") { return takeHeader(content, number) }
        switch section {
        case .hosts(let group): takeHost(content, group, number)
        case .children(let group): takeChild(content, group, number)
        case .variables(let group): takeVariable(content, group, number)
        case .unknown: return
        }
    }

    mutating func finish() throws(ConfigurationError) -> AnsibleInventory {
        for child in children where inventory.groups[child.name] == nil {
            problem(child.line, child.name, "a group of this file")
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return inventory
    }

    private mutating func takeHeader(_ content: Substring, _ number: Int) {
        let words = InventoryWords.words(content) ?? []
        let expected = "a group such as [web], [web:vars] or [web:children]"
        section = .unknown
        guard words.count == 1, words[0].hasSuffix("]") else { return problem(number, content, expected) }
        let parts = words[0].dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
        guard let name = parts.first.map(String.init), !name.isEmpty, parts.count <= 2 else {
            return problem(number, content, expected)
        }
        switch parts.count == 2 ? parts[1] : "" {
        case "": section = .hosts(group: name)
        case "vars": section = .variables(group: name)
        case "children": section = .children(group: name)
        default: return problem(number, content, expected)
        }
        inventory.add(group: name)
    }

    private mutating func takeHost(_ content: Substring, _ group: String, _ number: Int) {
        guard let words = InventoryWords.words(content), let first = words.first else {
            return problem(number, content, "a closing quote, and no backslash at the end")
        }
        guard let names = HostRange.names(first) else {
            return problem(number, first, HostRange.expected)
        }
        var reach = AnsibleInventory.Reach()
        for word in words.dropFirst() {
            guard let (key, value) = InventoryWords.assignment(word) else {
                problem(number, word, "key=value")
                continue
            }
            if let expected = reach.take(key, value) { problem(number, value, expected, key: key) }
        }
        for name in names { inventory.add(host: name, to: group, reach) }
    }

    private mutating func takeChild(_ content: Substring, _ group: String, _ number: Int) {
        guard let words = InventoryWords.words(content), words.count == 1 else {
            return problem(number, content, "the name of a group")
        }
        children.append((words[0], number))
        inventory.add(child: words[0], to: group)
    }

    private mutating func takeVariable(_ content: Substring, _ group: String, _ number: Int) {
        guard let sign = content.firstIndex(of: "=") else { return problem(number, content, "key=value") }
        let key = content[..<sign].split(whereSeparator: \.isWhitespace).joined()
        let value = InventoryWords.value(content[content.index(after: sign)...])
        var reach = AnsibleInventory.Reach()
        if let expected = reach.take(key, value) { problem(number, value, expected, key: key) }
        inventory.overlay(group: group, reach)
    }

    private mutating func problem(
        _ line: Int, _ found: some StringProtocol, _ expected: String, key: String = ""
    ) {
        problems.append(
            ConfigurationProblem(
                file: file, line: line, key: key,
                fault: .unexpected(found: String(found).quotedForError, expected: expected)))
    }
}
