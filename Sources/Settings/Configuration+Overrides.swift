import RolloutModel

extension Configuration {
    /// Lays flags over what the file said, and gives what is wrong with them.
    ///
    /// - Parameter groups: those of an inventory, by which hosts can be named.
    mutating func apply(
        _ overrides: ConfigurationOverrides, groups: [String: [HostID]] = [:],
        environment: ConfigurationEnvironment
    ) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func value<Value>(
            _ flag: String, _ text: String?, _ kind: ConfigurationValue<Value>, else current: Value?
        ) -> Value? {
            guard let text else { return current }
            do {
                return try kind.value(of: text)
            } catch {
                problems.append(ConfigurationProblem(key: flag, fault: error.fault))
                return current
            }
        }
        func path(_ flag: String, _ text: String?) -> String? {
            value(flag, text, .path, else: nil).map {
                environment.absolute($0, from: environment.workingDirectory)
            }
        }
        update.to = value("--to", overrides.to, .release, else: update.to)
        update.order = value("--order", overrides.order, .hostOrder, else: update.order) ?? update.order
        update.group = value("--group", overrides.group, .group, else: update.group)
        update.server = value("--server", overrides.server, .updateServer, else: update.server)
        update.engineRest = overrides.engineRest ?? update.engineRest
        update.commit = overrides.commit ?? update.commit
        let deadMan = value("--dead-man", overrides.deadMan, .deadMan, else: nil)
        if let deadMan { update.deadManMinutes = deadMan.minutes }
        let after = value("--etcd-after", overrides.etcdAfter, .etcdVersion, else: nil)
        if let after { gates.settings.etcd?.after = after }
        journal = path("--journal", overrides.journal) ?? journal
        let identityFiles = overrides.identityFiles.compactMap { path("--identity-file", $0) }
        if !identityFiles.isEmpty { ssh.identityFiles = identityFiles }
        if overrides.acceptsNewHostKeys { ssh.acceptsNewHostKeys = true }
        if let user = value("--user", overrides.user, .user, else: nil) {
            ssh.user = user
            for index in hosts.indices { hosts[index].user = nil }
        }
        if !overrides.hosts.isEmpty { choose(overrides.hosts, groups, &problems) }
        limit(overrides, groups, &problems)
        return problems
    }

    /// Makes `hosts` those that were named, in that order. A name that is a host's and a group's means the host.
    private mutating func choose(
        _ names: [String], _ groups: [String: [HostID]], _ problems: inout [ConfigurationProblem]
    ) {
        var chosen = ChosenHosts()
        for name in names {
            if let members = groups[name], !hosts.contains(where: { $0.id.rawValue == name }) {
                let members = Set(members)
                chosen.take(group: hosts.filter { members.contains($0.id) })
            } else if let specification = HostSpecification(name) {
                if let nearest = listed(specification, groups) {
                    problems.append(
                        ConfigurationProblem(key: "", fault: .misspelt(host: name, nearest: nearest)))
                }
                let host = host(specification)
                guard !chosen.take(host) else { continue }
                problems.append(
                    ConfigurationProblem(
                        key: "", fault: .duplicateHost(name: host.id.rawValue, firstLine: nil)))
            } else {
                problems.append(
                    ConfigurationProblem(
                        key: "",
                        fault: .unexpected(
                            found: name.quotedForError, expected: HostSpecification.expected)))
            }
        }
        hosts = chosen.hosts
    }

    /// The host or group that was meant by a bare name which is not listed; nil where none is near.
    private func listed(_ specification: HostSpecification, _ groups: [String: [HostID]]) -> String? {
        guard specification.user == nil, specification.port == nil,
            !hosts.contains(where: { $0.id == specification.id })
        else { return nil }
        let known = hosts.map(\.id.rawValue) + groups.keys.sorted()
        return Spelling.slip(specification.id.rawValue, in: known)
    }

    /// Refuses a host's name that most likely is another host's here.
    ///
    /// - Throws: `ConfigurationError` that names that one.
    package func requireLikely(_ name: String) throws(ConfigurationError) {
        guard let specification = HostSpecification(name), let nearest = listed(specification, [:]) else {
            return
        }
        throw ConfigurationError([
            ConfigurationProblem(key: "", fault: .misspelt(host: name, nearest: nearest))
        ])
    }

    /// Notes which of the hosts are chosen.
    private mutating func limit(
        _ overrides: ConfigurationOverrides, _ groups: [String: [HostID]],
        _ problems: inout [ConfigurationProblem]
    ) {
        guard overrides.limit != nil || !overrides.excluded.isEmpty else { return }
        let all = hosts.map(\.id)
        let pattern = HostPattern(among: all, groups: groups)
        func named(_ flag: String, _ text: String) -> Set<HostID>? {
            do {
                return try pattern.hosts(in: text)
            } catch {
                problems.append(ConfigurationProblem(key: flag, fault: error.fault))
                return nil
            }
        }
        let before = problems.count
        var kept = overrides.limit.map { named("--limit", $0) ?? [] } ?? Set(all)
        for text in overrides.excluded { kept.subtract(named("--exclude", text) ?? []) }
        chosen = all.filter(kept.contains)
        guard chosen?.isEmpty == true, problems.count == before else { return }
        let flag = overrides.limit == nil ? "--exclude" : "--limit"
        problems.append(ConfigurationProblem(key: flag, fault: .noneChosen))
    }

    /// The host of that name, or a new one; what was written with the name counts most.
    private func host(_ specification: HostSpecification) -> HostAddress {
        guard var host = hosts.first(where: { $0.id == specification.id }) else {
            return HostAddress(specification)
        }
        host.user = specification.user ?? host.user
        return host
    }
}
