import Coordinator
import RolloutModel
import Rollouts
import Settings

extension ConfigurationDraft {
    mutating func addFleet(_ picture: ClusterPicture) throws {
        switch picture.fleet {
        case .absent:
            draft.comment("Found: no fleet on '\(picture.seed)'.", depth: 1)
            draft.section("fleet", depth: 1)
            try draft.set("enabled", .truth(false), depth: 2)
        case .runs(let found, let place):
            guard let ttl = Self.duration(found) else {
                return try addUnknownFleet("\(place) is not from 1s to 1h")
            }
            draft.comment("Found: \(place).", depth: 1)
            draft.section("fleet", depth: 1)
            try draft.set("ttl", .text(ttl), depth: 2)
        case .unknown(let why): try addUnknownFleet(why)
        }
    }

    private mutating func addUnknownFleet(_ why: String) throws {
        draft.comment(
            """
            Not found out: fleet's agent_ttl: \(why). Where fleet runs, give its own: 'grep agent_ttl \
            /etc/fleet/fleet.conf'. Where it does not, say enabled: false.
            """, depth: 1)
        draft.section("fleet", depth: 1)
        try draft.set("ttl", .text("30s"), depth: 2)
    }

    private static func duration(_ span: Duration) -> String? {
        guard (.seconds(1) ... .seconds(3600)).contains(span) else { return nil }
        return "\(span.secondsRoundedUp)s"
    }

    mutating func addEtcd(_ picture: ClusterPicture) throws {
        switch picture.etcd {
        case .absent:
            draft.comment(
                """
                Found: no etcd on '\(picture.seed)'. Where other hosts have a member, say enabled: true, and give the \
                endpoint.
                """, depth: 1)
            draft.section("etcd", depth: 1)
            try draft.set("enabled", .truth(false), depth: 2)
        case .answers(let place, let version):
            let values = place.draftValues
            guard !values.isEmpty else {
                return try addUnknownEtcd("its address is none that can be written here")
            }
            draft.comment(
                "Found: etcd \(version ?? "of unknown version"), the own member of '\(picture.seed)', answers here.",
                depth: 1)
            draft.section("etcd", depth: 1)
            for entry in values { try draft.set(entry.key, entry.value, depth: 2) }
        case .unknown(let why): try addUnknownEtcd(why)
        }
    }

    private mutating func addUnknownEtcd(_ why: String) throws {
        draft.comment(
            """
            Not found out: where each host reaches its own etcd: \(why). Give the address, and for TLS ca-file, \
            cert-file and key-file as they are on the hosts. Where no host has a member, say enabled: false.
            """, depth: 1)
        draft.section("etcd", depth: 1)
        try draft.set("endpoint", .text(EtcdEndpoint.usual.urls[0]), depth: 2)
    }

    mutating func addRebooters(_ picture: ClusterPicture) throws {
        if let locksmith = picture.audit.locksmith, locksmith.activeState == "active" {
            draft.comment(
                """
                Found: locksmithd is active on '\(picture.seed)'. Before a rollout, set REBOOT_STRATEGY=off in \
                update.conf there, and restart it.
                """, depth: 1)
        }
        addZincati(picture)
        let seen: String =
            switch picture.semaphores {
            case .seen(let semaphores)?:
                semaphores.isEmpty
                    ? "Found: no host takes locksmith's turns." : "Found: hosts take locksmith's turns."
            case .unknown(let why)?: "Not found out: whether hosts take locksmith's turns: \(why)."
            case nil: "Not found out: whether hosts take locksmith's turns, for want of etcd."
            }
        draft.comment("\(seen) With auto, a rollout takes them where there are some.", depth: 1)
        try draft.set("locksmith", .text(LocksmithUse.auto.rawValue), depth: 1)
    }

    private mutating func addZincati(_ picture: ClusterPicture) {
        switch picture.hasZincati {
        case true?:
            draft.comment(
                "Found: Zincati is active on '\(picture.seed)', and reboots it by itself. Stop it before a rollout.",
                depth: 1)
        case false?: break
        case nil:
            draft.comment(
                """
                Not found out: whether Zincati reboots '\(picture.seed)' by itself: systemd told nothing of \
                zincati.service.
                """, depth: 1)
        }
    }

    mutating func addKubernetes(
        _ picture: ClusterPicture, _ nodes: Observation<[NodeFacts]>?
    ) throws {
        let machine = picture.audit.machineID
        switch nodes {
        case nil:
            draft.comment(
                picture.hasKubelet == nil
                    ? "Not found out: whether '\(picture.seed)' is a node: systemd told nothing of kubelet.service."
                    : "Found: no kubelet on '\(picture.seed)'.", depth: 1)
            try draft.suggest("kubernetes", .map([.init(key: "enabled", value: .truth(true))]), depth: 1)
        case .seen(let nodes)? where nodes.contains { $0.machine.rawValue == machine }:
            draft.comment("Found: '\(picture.seed)' is a node, by kubectl's own kubeconfig here.", depth: 1)
            draft.section("kubernetes", depth: 1)
            try draft.set("enabled", .truth(true), depth: 2)
        case .seen?, .unknown?:
            var why = "none of the nodes that kubectl lists here is '\(picture.seed)'"
            if case .unknown(let said)? = nodes { why = said }
            draft.comment(
                """
                Not found out: which node '\(picture.seed)' is: \(why). A kubelet runs there: take the mark away, and \
                name the kubeconfig of its cluster.
                """, depth: 1)
            try draft.suggest(
                "kubernetes",
                .map([
                    .init(key: "enabled", value: .truth(true)),
                    .init(key: "kubeconfig", value: .text("admin.conf")),
                ]), depth: 1)
        }
    }
}
