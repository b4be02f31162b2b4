import RolloutModel

/// An Ansible inventory: hosts, their groups, and the variables of both that say how a host is reached. Other variables
/// are ignored.
struct AnsibleInventory {
    /// The way to reach a host, as far as one place describes it.
    struct Reach: Hashable {
        var address: String?
        var port: UInt16?
        var user: String?
        var keyFile: String?
        /// The options of ssh: those instead of Ansible's own, those common to all programs, and those in addition.
        var ownOptions: SSHOptions?
        var commonOptions: SSHOptions?
        var extraOptions: SSHOptions?
        var connection: HostConnection?
        /// The unreadable variables that no other place overrides, by their names.
        var unread: [String: UnreadVariable] = [:]
        /// Files that are encrypted by ansible-vault as a whole, and may contain any variable.
        var vaultedFiles: Set<String> = []

        /// Overlays the values of `other`, which win.
        mutating func overlay(_ other: Reach) {
            address = other.address ?? address
            port = other.port ?? port
            user = other.user ?? user
            keyFile = other.keyFile ?? keyFile
            ownOptions = other.ownOptions ?? ownOptions
            commonOptions = other.commonOptions ?? commonOptions
            extraOptions = other.extraOptions ?? extraOptions
            connection = other.connection ?? connection
            for name in other.given { unread[name] = nil }
            unread.merge(other.unread) { $1 }
            vaultedFiles.formUnion(other.vaultedFiles)
        }

        /// The readable variables that are given.
        private var given: [String] {
            [
                address.map { _ in "ansible_host" }, port.map { _ in "ansible_port" },
                user.map { _ in "ansible_user" },
                keyFile.map { _ in "ansible_ssh_private_key_file" },
                ownOptions.map { _ in "ansible_ssh_args" },
                commonOptions.map { _ in "ansible_ssh_common_args" },
                extraOptions.map { _ in "ansible_ssh_extra_args" },
                connection.map { _ in "ansible_connection" },
            ].compactMap { $0 }
        }

        /// The options in Ansible's order; ssh takes the first value of each.
        var options: SSHOptions? {
            guard keyFile != nil || ownOptions != nil || commonOptions != nil || extraOptions != nil else {
                return nil
            }
            var options = ownOptions ?? SSHOptions()
            if let keyFile { options.add(keyFile: keyFile) }
            if let commonOptions { options.add(commonOptions) }
            if let extraOptions { options.add(extraOptions) }
            return options
        }
    }

    struct Group {
        var children: [String] = []
        var reach = Reach()
    }

    /// The names of the hosts, in the order they are first named.
    private(set) var names: [String] = []
    private var reach: [String: Reach] = [:]
    private var membership: [String: Set<String>] = [:]
    private(set) var groups: [String: Group] = [:]

    init() {}

    mutating func add(host: String, to group: String, _ reach: Reach) {
        if self.reach[host] == nil { names.append(host) }
        self.reach[host, default: Reach()].overlay(reach)
        membership[host, default: []].insert(group)
    }

    mutating func add(group: String) { groups[group, default: Group()].children += [] }

    mutating func add(child: String, to group: String) {
        groups[group, default: Group()].children.append(child)
    }

    mutating func overlay(group: String, _ reach: Reach) {
        groups[group, default: Group()].reach.overlay(reach)
    }

    /// All hosts, with the way to reach each. A host's own variables win, then those of the group nearest to it. At the
    /// same level, the files beside the inventory win over the inventory.
    ///
    /// - Parameters:
    ///   - beside: the files beside the inventory; nil where the inventory is no file.
    ///   - leavesOut: called for each host that is not reached by ssh.
    func hosts(
        file: String, beside: InventoryVariables? = nil, leavesOut: (LeftOutHost) -> Void = { _ in }
    ) throws(ConfigurationError) -> ListedHosts {
        let depths = depths
        let parents = parents
        guard !names.isEmpty else {
            throw ConfigurationError([ConfigurationProblem(file: file, key: "", fault: .noHosts)])
        }
        var filed: [String: Reach] = [:]
        for group in Set(groups.keys).union(["all", "ungrouped"]) {
            filed[group] = try beside?.reach(of: group, in: .groups)
        }
        var listed = ListedHosts(hosts: [], groups: groups.mapValues { _ in [] })
        for name in names {
            let around = ancestors(of: membership[name] ?? [], parents).subtracting(["all"])
            let nearestLast = ["all"] + around.sorted { (depths[$0] ?? 0, $0) < (depths[$1] ?? 0, $1) }
            var found = Reach()
            for group in nearestLast { found.overlay(groups[group]?.reach ?? Reach()) }
            for group in nearestLast { found.overlay(filed[group] ?? Reach()) }
            found.overlay(reach[name] ?? Reach())
            found.overlay(try beside?.reach(of: name, in: .hosts) ?? Reach())
            if let connection = found.connection, connection != .ssh {
                leavesOut(LeftOutHost(name: name, connection: connection))
                continue
            }
            let host = address(name, found)
            listed.hosts.append(host)
            for group in nearestLast { listed.groups[group, default: []].append(host.id) }
        }
        guard !listed.hosts.isEmpty else {
            throw ConfigurationError([ConfigurationProblem(file: file, key: "", fault: .noHosts)])
        }
        return listed
    }

    private func address(_ name: String, _ reach: Reach) -> Configuration.HostAddress {
        let specification = HostSpecification(name)
        return Configuration.HostAddress(
            id: specification?.id ?? HostID(name), address: reach.address,
            port: reach.port ?? specification?.port, user: reach.user ?? specification?.user,
            sshOptions: reach.options, sshName: reach.address,
            unread: reach.unread.values.min { $0.name < $1.name },
            vaultedFiles: reach.vaultedFiles.isEmpty ? nil : reach.vaultedFiles.sorted())
    }

    private var parents: [String: [String]] {
        var parents: [String: [String]] = [:]
        for (name, group) in groups {
            for child in group.children { parents[child, default: []].append(name) }
        }
        return parents
    }

    /// The groups, and all groups that contain them. The search stops at a group that was seen, so circles end.
    private func ancestors(of groups: Set<String>, _ parents: [String: [String]]) -> Set<String> {
        var found = groups
        var open = Array(groups)
        while let group = open.popLast() {
            for parent in parents[group] ?? [] where found.insert(parent).inserted { open.append(parent) }
        }
        return found
    }

    /// The depth of each group below the top; the longest path counts.
    private var depths: [String: Int] {
        var depths: [String: Int] = [:]
        // A round goes one level down. The number of rounds is bounded, since a circle goes down for ever.
        for _ in 0...groups.count {
            var changed = false
            for (name, group) in groups {
                for child in group.children where (depths[child] ?? 0) <= depths[name] ?? 0 {
                    guard (depths[name] ?? 0) < groups.count else { continue }
                    depths[child] = (depths[name] ?? 0) + 1
                    changed = true
                }
            }
            if !changed { break }
        }
        return depths
    }
}

extension AnsibleInventory.Reach {
    /// The variables that say how a host is reached, by the name that each has now.
    private static let names = [
        "ansible_ssh_host": "ansible_host", "ansible_ssh_port": "ansible_port",
        "ansible_ssh_user": "ansible_user",
        "ansible_private_key_file": "ansible_ssh_private_key_file",
    ]

    /// Notes that the value of a variable is encrypted, if the variable says how a host is reached.
    mutating func takeVaulted(_ variable: String) {
        if let name = Self.known(variable) { unread[name] = .vaulted(name) }
    }

    private static func known(_ variable: String) -> String? {
        let name = names[variable] ?? variable
        return known.contains(name) ? name : nil
    }

    private static let known: Set<String> = [
        "ansible_host", "ansible_port", "ansible_user", "ansible_ssh_private_key_file", "ansible_ssh_args",
        "ansible_ssh_common_args", "ansible_ssh_extra_args", "ansible_connection",
    ]

    /// Takes a variable, where it says how a host is reached.
    ///
    /// - Returns: the allowed values, where the value is not allowed.
    mutating func take(_ variable: String, _ value: String) -> String? {
        if value.contains("{{"), let name = Self.known(variable) {
            unread[name] = .template(name, value: value)
            return nil
        }
        return takePlain(variable, value)
    }

    private mutating func takePlain(_ variable: String, _ value: String) -> String? {
        switch variable {
        case "ansible_ssh_private_key_file", "ansible_private_key_file":
            Self.take(value, .path, into: &keyFile)
        case "ansible_ssh_args": Self.take(value, .sshOptions, into: &ownOptions)
        case "ansible_ssh_common_args": Self.take(value, .sshOptions, into: &commonOptions)
        case "ansible_ssh_extra_args": Self.take(value, .sshOptions, into: &extraOptions)
        case "ansible_connection":
            {
                connection = HostConnection(value)
                return nil
            }()
        case "ansible_host", "ansible_ssh_host": Self.take(value, .addressOrBracketed, into: &address)
        case "ansible_port", "ansible_ssh_port": Self.take(value, .port, into: &port)
        case "ansible_user", "ansible_ssh_user": Self.take(value, .user, into: &user)
        default: nil
        }
    }

    private static func take<Value>(
        _ text: String, _ kind: ConfigurationValue<Value>, into place: inout Value?
    ) -> String? {
        guard let value = kind.read(text) else { return kind.expected }
        place = value
        return nil
    }
}
