import Coordinator
import RolloutModel
import Rollouts
import Settings

/// A turnstile.yaml from what was found out about a cluster.
struct ConfigurationDraft {
    var draft = DraftText()

    /// - Parameters:
    ///   - seed: the host that was asked, as it is reached.
    ///   - known: hosts of an existing configuration.
    ///   - nodes: Kubernetes' nodes; nil where no kubelet runs on the host that was asked.
    /// - Throws: Yams' error for what it cannot write.
    init(
        _ picture: ClusterPicture, seed: Configuration.HostAddress, known: [Configuration.HostAddress] = [],
        ssh: Configuration.SSHSettings, nodes: Observation<[NodeFacts]>? = nil
    ) throws {
        draft.comment("What Turnstile goes by. Made by `turnstile init` of what '\(picture.seed)' told.")
        draft.comment(
            "Look it through, then let `turnstile doctor` check it. docs/configuration.md has every key.")
        draft.blank()
        try addHosts(picture, seed, known)
        draft.blank()
        try addSSH(ssh)
        draft.blank()
        try addUpdate(picture)
        draft.blank()
        draft.section("gates")
        try addFleet(picture)
        try addEtcd(picture)
        try addRebooters(picture)
        try addKubernetes(picture, nodes)
        try addWindow()
        draft.blank()
        try addHooks()
    }

    /// - Throws: `ConfigurationError` where turnstile itself would not take it.
    var text: String {
        get throws {
            _ = try ConfigurationFile(yaml: draft.text, file: "the new turnstile.yaml")
            return draft.text
        }
    }

    // MARK: Hosts

    private mutating func addHosts(
        _ picture: ClusterPicture, _ seed: Configuration.HostAddress, _ known: [Configuration.HostAddress]
    ) throws {
        switch picture.hosts {
        case .found(let machines, let source):
            draft.comment(
                """
                Found: \(machines.count) \(source == .fleet ? "machines of fleet" : "members of etcd"), as \
                '\(picture.seed)' lists them. Hosts are upgraded in this order.
                """)
            let listed = ListedMachines(machines, seed: seed, known: known)
            for machine in listed.leftOut {
                draft.comment(
                    """
                    Not found out: where \(source.rawValue)'s '\(machine.name)' is reached. Add it as you name it to \
                    ssh.
                    """)
            }
            draft.section("hosts")
            for host in listed.hosts { try draft.item(host.draftValue) }
        case .unknown(let why):
            draft.comment(
                "Not found out: which other hosts there are: \(why). Add them, each on a line of its own.")
            draft.section("hosts")
            try draft.item(seed.draftValue)
        }
    }

    private mutating func addSSH(_ ssh: Configuration.SSHSettings) throws {
        draft.comment("How hosts are reached. What is not said here, your ssh configuration says.")
        let values = ssh.draftValues
        guard !values.isEmpty else {
            return try draft.suggest(
                "ssh", .map([.init(key: "user", value: .text(SSHConfigLookup.userByDefault))]))
        }
        draft.section("ssh")
        for entry in values { try draft.set(entry.key, entry.value, depth: 1) }
    }

    private mutating func addUpdate(_ picture: ClusterPicture) throws {
        let group = picture.audit.group.flatMap { ConfigurationValue<String>.group.read($0) }
        let told =
            group.map { "GROUP is \($0) on '\(picture.seed)'" }
            ?? "GROUP of '\(picture.seed)' was not found out"
        draft.comment("\(told). Without a group here each host keeps its own.")
        try draft.suggest("update", .map([.init(key: "group", value: .text(group ?? "stable"))]))
    }

    private mutating func addWindow() throws {
        draft.comment("When hosts may go. Without a window, at any time.", depth: 1)
        try draft.suggest(
            "window",
            .map([
                .init(key: "open", value: .list([.text("Sat 22:00-04:00")])),
                .init(key: "zone", value: .text("UTC")),
            ]), depth: 1)
    }

    private mutating func addHooks() throws {
        draft.comment("Programs of yours that are asked on the way: a backup before the first host, say.")
        try draft.suggest(
            "hooks",
            .map([.init(key: "before-rollout", value: .list([.text("/usr/local/bin/back-up-etcd")]))]))
    }
}
