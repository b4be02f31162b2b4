import Yams

extension AnsibleInventory {
    /// - Throws: `ConfigurationError` with every problem of the file.
    init(yaml text: String, file: String) throws(ConfigurationError) {
        var reader = YAMLReader(file: file)
        if let root = try ConfigurationFile.compose(text, file: file) {
            reader.takeGroups(root, of: nil, depth: 0)
        }
        guard reader.problems.isEmpty else { throw ConfigurationError(reader.problems) }
        self = reader.inventory
    }
}

extension AnsibleInventory.Reach {
    /// A file of variables and their values.
    init(yaml text: String, file: String) throws(ConfigurationError) {
        self.init()
        guard let root = try ConfigurationFile.compose(text, file: file) else { return }
        var reader = YAMLReader(file: file)
        self = reader.variables(root, of: "")
        guard reader.problems.isEmpty else { throw ConfigurationError(reader.problems) }
    }
}

private struct YAMLReader {
    var file: String
    var inventory = AnsibleInventory()
    var problems: [ConfigurationProblem] = []

    /// Deeper than any inventory; an alias may contain itself.
    private static let depthMax = 32

    init(file: String) { self.file = file }

    /// A mapping of groups by their names: the document itself, or what `children` holds.
    mutating func takeGroups(_ node: Node, of parent: String?, depth: Int) {
        let expected = "groups by their names, such as 'all:' with 'hosts:' under it"
        guard depth < Self.depthMax else { return problem(node, "", "fewer groups in each other") }
        guard case .mapping(let groups) = node else {
            return node.isNothing ? () : problem(node, parent.map { "\($0).children" } ?? "", expected)
        }
        for (key, value) in groups {
            guard let name = key.scalar?.string, !name.isEmpty else {
                problem(key, "", "a group's name")
                continue
            }
            inventory.add(group: name)
            if let parent { inventory.add(child: name, to: parent) }
            takeGroup(name, value, depth: depth)
        }
    }

    private mutating func takeGroup(_ name: String, _ node: Node, depth: Int) {
        guard !node.isNothing else { return }
        let keys = ["hosts", "children", "vars"]
        guard
            let section = ConfigurationSection(
                node, name: name, file: file, keys: keys, problems: &problems)
        else { return }
        if let hosts = section.node("hosts") { takeHosts(hosts, of: name) }
        if let vars = section.node("vars") {
            inventory.overlay(group: name, variables(vars, of: "\(name).vars"))
        }
        if let children = section.node("children") { takeGroups(children, of: name, depth: depth + 1) }
    }

    private mutating func takeHosts(_ node: Node, of group: String) {
        guard case .mapping(let hosts) = node else {
            if !node.isNothing { problem(node, "\(group).hosts", "hosts by their names, each with a colon") }
            return
        }
        for (key, value) in hosts {
            guard let text = key.scalar?.string, let names = HostRange.names(text) else {
                problem(key, "\(group).hosts", HostRange.expected)
                continue
            }
            let reach = variables(value, of: "\(group).hosts.\(text)")
            for name in names { inventory.add(host: name, to: group, reach) }
        }
    }

    mutating func variables(_ node: Node, of path: String) -> AnsibleInventory.Reach {
        var reach = AnsibleInventory.Reach()
        guard case .mapping(let values) = node else {
            if !node.isNothing { problem(node, path, "variables and their values") }
            return reach
        }
        for (key, value) in values {
            guard let name = key.scalar?.string else { continue }
            if value.tag.description == "!vault" {
                reach.takeVaulted(name)
            } else if let expected = reach.take(name, value.scalar?.string ?? "") {
                problem(value, path.isEmpty ? name : "\(path).\(name)", expected)
            }
        }
        return reach
    }

    private mutating func problem(_ node: Node, _ key: String, _ expected: String) {
        problems.append(
            ConfigurationProblem(
                file: file, line: node.mark?.line, key: key,
                fault: .unexpected(found: node.summary, expected: expected)))
    }
}
