import Coordinator
import RolloutModel
import Yams

extension ConfigurationFile {
    /// Reads the text of a `turnstile.yaml`.
    ///
    /// - Parameters:
    ///   - file: the file's name, for errors.
    ///   - absolute: makes a path of the file absolute.
    /// - Throws: `ConfigurationError` with every problem of the file.
    package init(yaml: String, file: String, absolute: (String) -> String = { $0 }) throws(ConfigurationError)
    {
        var problems: [ConfigurationProblem] = []
        let node = try Self.compose(yaml, file: file)
        if let node,
            let top = ConfigurationSection(
                node, name: "", file: file, keys: ConfigurationKeys.top.names, problems: &problems)
        {
            hosts = top.node("hosts").flatMap { HostList.read($0, file: file, problems: &problems) }
            readSSH(top, absolute, &problems)
            readUpdate(top, &problems)
            readGates(top, absolute, &problems)
            readHooks(top, absolute, &problems)
            agentSigners = top.section("agent", .agent, &problems)?
                .value("signers", .path, &problems).map(absolute)
            webhooks = Self.webhooks(top, absolute, &problems)
            readTimeouts(top, &problems)
            journal = top.value("journal", .path, &problems).map(absolute)
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
    }

    private mutating func readSSH(
        _ top: ConfigurationSection, _ absolute: (String) -> String, _ problems: inout [ConfigurationProblem]
    ) {
        guard let section = top.section("ssh", .ssh, &problems) else { return }
        ssh.user = section.value("user", .user, &problems)
        ssh.port = section.value("port", .port, &problems)
        ssh.identityFiles = section.values("identity-files", each: .path, &problems)?.map(absolute)
        ssh.knownHosts = section.values("known-hosts", each: .path, &problems)?.map(absolute)
        ssh.config = section.value("config", .path, &problems).map {
            $0 == "none" ? .ignored : .file(absolute($0))
        }
        ssh.connectTimeout = section.value("connect-timeout", .duration("1s", to: "10m"), &problems)
    }

    private mutating func readUpdate(
        _ top: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) {
        guard let section = top.section("update", .update, &problems) else { return }
        update.group = section.value("group", .group, &problems)
        update.server = section.value("server", .updateServer, &problems)
        update.to = section.value("to", .release, &problems)
        update.order = section.value("order", .hostOrder, &problems)
        update.engineRest = section.value("leave-update-engine", .engineRest, &problems)
        update.commit = section.value("commit", .commitMethod, &problems)
        update.deadMan = section.value("dead-man", .deadMan, &problems)
        update.deadManLine = update.deadMan == nil ? nil : section.node("dead-man")?.mark?.line
    }

    private mutating func readGates(
        _ top: ConfigurationSection, _ absolute: (String) -> String, _ problems: inout [ConfigurationProblem]
    ) {
        guard let gates = top.section("gates", .gates, &problems) else { return }
        locksmith = gates.value("locksmith", .locksmithUse, &problems)
        if let section = gates.section("fleet", .fleet, &problems) {
            fleet.enabled = section.value("enabled", .truth, &problems)
            fleet.units = section.value("units", .truth, &problems)
            fleet.ttl = section.value("ttl", .duration("1s", to: "1h"), &problems)
        }
        deis = gates.section("deis", .deis, &problems)?.value("enabled", .truth, &problems)
        if let section = gates.section("etcd", .etcd, &problems) {
            etcd.enabled = section.value("enabled", .truth, &problems)
            if case .sequence? = section.node("endpoint") {
                section.demand("endpoint", "at least one address", &problems)
                etcd.endpoints = section.values("endpoint", each: .etcdEndpoint, &problems)
            } else {
                etcd.endpoints = section.value("endpoint", .etcdEndpoint, &problems).map { [$0] }
            }
            etcd.endpointLine = section.node("endpoint")?.mark?.line
            etcd.credentials = section.value("credentials", .path, &problems).map(absolute)
            etcd.tls.caFile = section.value("ca-file", .hostPath, &problems)
            etcd.tls.certFile = section.value("cert-file", .hostPath, &problems)
            etcd.tls.keyFile = section.value("key-file", .hostPath, &problems)
            etcd.samples = section.value("samples", .whole(1...100), &problems)
            etcd.interval = section.value("interval", .duration("1s", to: "5m"), &problems)
            etcd.after = section.value("after", .etcdVersion, &problems)
        }
        readKubernetes(gates, absolute, &problems)
        readPages(gates, &problems)
        apart = ConfiguredGates(gates, absolute, &problems)
        if let section = gates.section("clock", .clock, &problems) {
            clock.enabled = section.value("enabled", .truth, &problems)
            clock.skew = section.value("skew", .duration("1s", to: "1h"), &problems)
        }
        if let section = gates.section("drift", .drift, &problems) {
            drift.enabled = section.value("enabled", .truth, &problems)
            drift.compare = section.value("compare", .settingsComparison, &problems)
            drift.userData = section.value("user-data", .path, &problems).map(absolute)
        }
        if let section = gates.section("units", .units, &problems) {
            units.enabled = section.value("enabled", .truth, &problems)
            units.ignored = section.values("ignore", each: .unitPattern, &problems)
            units.steady = section.value("steady", .duration("0s", to: "10m"), &problems)
        }
        if let section = gates.section("window", .window, &problems) {
            section.demand("open", "a list of windows, such as [\"Sat 22:00-04:00\"]", &problems)
            window.open = section.values("open", each: .window, &problems)
            window.zone = section.value("zone", .timeZone, &problems)
            window.perHost = section.value("per-host", .duration("1m"), &problems)
        }
    }

    private mutating func readKubernetes(
        _ gates: ConfigurationSection, _ absolute: (String) -> String,
        _ problems: inout [ConfigurationProblem]
    ) {
        guard let section = gates.section("kubernetes", .kubernetes, &problems) else { return }
        kubernetes.enabled = section.value("enabled", .truth, &problems)
        kubernetes.kubeconfig = section.value("kubeconfig", .path, &problems).map(absolute)
        kubernetes.context = section.value("context", .contextName, &problems)
        kubernetes.drainTimeout = section.value("drain-timeout", .duration(), &problems)
        kubernetes.deletesEmptyDirData = section.value("delete-emptydir-data", .truth, &problems)
    }

    private mutating func readPages(
        _ gates: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) {
        pages = gates.sections("http", .page, &problems).compactMap { section in
            section.require("url", ConfigurationValue.pageURL, &problems).map { url in
                var page = HTTPGate(url: url)
                page.status = section.value("status", .whole(100...599), &problems) ?? page.status
                page.deadline =
                    section.value("deadline", .duration("1s", to: "5m"), &problems) ?? page.deadline
                guard section.node("field") != nil || section.node("equals") != nil else { return page }
                if let path = section.require("field", .word, &problems),
                    let value = section.require("equals", .word, &problems)
                {
                    page.field = .init(path: path, value: value)
                }
                return page
            }
        }
    }

    private mutating func readHooks(
        _ top: ConfigurationSection, _ absolute: (String) -> String,
        _ problems: inout [ConfigurationProblem]
    ) {
        guard let section = top.section("hooks", .hooks, &problems) else { return }
        hookDeadline = section.value("deadline", .duration(), &problems)
        for hook in Hook.allCases {
            switch section.node(hook.rawValue) {
            case nil: continue
            case .mapping?: hooks[hook] = Self.hookOnHost(hook, section, &problems)
            default:
                hooks[hook] = Self.words(hook.rawValue, section, &problems).map { words in
                    // A name without a slash is looked up in PATH, as a shell would.
                    let program = words[0].contains("/") ? absolute(words[0]) : words[0]
                    return HookCommand(words: [program] + words.dropFirst())
                }
            }
        }
    }

    /// `{on: host, run: [/opt/bin/check, --flag]}`: its paths are the host's.
    private static func hookOnHost(
        _ hook: Hook, _ hooks: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) -> HookCommand? {
        guard let section = hooks.section(hook.rawValue, .hookOnHost, &problems) else { return nil }
        let place = section.require("on", .hookPlace(of: hook), &problems)
        guard let words = words("run", section, &problems), let place else { return nil }
        return HookCommand(words: words, place: place)
    }

    /// A program and its arguments; nil, and a problem, where there is no program.
    private static func words(
        _ key: String, _ section: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) -> [String]? {
        section.demand(key, "a list: a program and its arguments", &problems)
        return section.values(key, each: .word, &problems).flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func readTimeouts(
        _ top: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) {
        guard let section = top.section("timeouts", .timeouts, &problems) else { return }
        timeouts.gate = section.value("gate", .duration(), &problems)
        timeouts.stage = section.value("stage", .duration(), &problems)
        timeouts.reboot = section.value("reboot", .duration(), &problems)
        timeouts.rejoin = section.value("rejoin", .duration(), &problems)
        timeouts.commit = section.value("commit", .duration(), &problems)
        timeouts.settle = section.value("settle", .duration("0s"), &problems)
    }
}

extension ConfigurationFile {
    /// The root of the document; nil for an empty one.
    static func compose(_ yaml: String, file: String) throws(ConfigurationError) -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw ConfigurationError([ConfigurationProblem(error, file: file)])
        } catch {
            throw ConfigurationError([
                ConfigurationProblem(
                    file: file, line: nil, key: "", fault: .notYAML(reason: String(describing: error)))
            ])
        }
    }
}

extension ConfigurationProblem {
    fileprivate init(_ error: YamlError, file: String) {
        let (line, reason): (Int?, String) =
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                (mark.line, problem)
            case .reader(let problem, let offset, _, let yaml):
                (offset.map { 1 + yaml.prefix($0).count(where: \.isNewline) }, problem)
            case .duplicatedKeysInMapping(let duplicates, let context):
                (
                    context.mark.line,
                    "keys are given twice: " + duplicates.sorted().joined(separator: ", ")
                )
            case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
                (nil, String(describing: error))
            }
        self.init(file: file, line: line, key: "", fault: .notYAML(reason: reason))
    }
}
