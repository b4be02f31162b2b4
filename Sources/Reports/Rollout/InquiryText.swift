import Rollouts

/// The subject of a use case's wait in a few words, for a line that lives.
package enum InquiryText {
    /// - Returns: nil for a notice after which nothing in particular is waited for.
    package static func words(_ notice: Notice) -> String? {
        switch notice {
        case .asking(let inquiry): words(inquiry)
        case .watching: "looking at the cluster"
        case .taking: "taking the cluster"
        case .lettingGo: "letting the cluster go"
        case .settled, .taken, .driven: working
        case .begins, .course, .leftOut, .otherAgents, .coverage, .ttlDiffers, .settings, .heldStill,
            .endedAlready, .overridden, .rollbackGoesOn, .wouldGoBack, .nodeFreed, .nodesNotFreed,
            .drivingUnknown:
            nil
        }
    }

    /// The words of a command that has not said yet what it waits for.
    package static let working = "working"

    private static func words(_ inquiry: Inquiry) -> String {
        switch inquiry {
        case .agents(let count): "asking \(hosts(count))"
        case .lostHosts(let count): "asking whether \(hosts(count)) answer, declared lost before"
        case .order: "asking for the order of the hosts"
        case .neighbours: "asking for other hosts of the cluster"
        case .baselines: "reading twice what runs on the hosts"
        case .nodes: "asking Kubernetes for its nodes"
        case .etcdOutlook: "asking each host for its etcd"
        case .etcdMembers: "asking etcd for its members"
        case .journalEnds: "asking which entry of the journal was seen last"
        case .holder: "asking who has the cluster"
        case .unlocking: "freeing the cluster"
        case .tokens: "setting tokens back"
        case .platform: "asking the platform"
        case .hookAfterRollout: "waiting for the hook after the rollout"
        }
    }

    private static func hosts(_ count: Int) -> String { count == 1 ? "1 host" : "\(count) hosts" }
}
