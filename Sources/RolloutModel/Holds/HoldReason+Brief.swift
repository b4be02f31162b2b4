/// A reason in a few words, for what is printed again and again, or beside its cause.
extension HoldReason {
    /// The reason without its witness, its cause and its amounts. Two reasons with the same text are the same news.
    public var brief: String {
        switch self {
        case .hostUnreadable(let host, _, let trouble, _):
            "host '\(host)' could not be read" + (trouble.map { ": \($0.words)" } ?? "")
        case .membershipUnknown(let witness, _): "fleet cannot be asked on '\(witness)'"
        case .memberMissing(let host, _, _): "host '\(host)' is missing from fleetctl list-machines"
        case .membershipUnsteady: "fleet is whole, and not yet for long enough"
        case .unitsDown(let units, _): "units of fleet are down: \(Names.text(units))"
        case .unitsUnknown(_, let host): "what fleet runs cannot be told" + Self.on(host)
        case .deisDown(let components, _): "Deis components are down: \(Names.text(components))"
        case .deisUnknown(_, let host): "what Deis runs cannot be told" + Self.on(host)
        case .nodesUnknown: "the nodes of Kubernetes could not be read"
        case .nodeNotReady(let host, _, _): "the node of '\(host)' is not ready"
        case .nodeOfAnotherBoot(let host, _, _): "the kubelet of '\(host)' was not heard since its boot"
        case .kubeletsSilent(let hosts): "kubelets are silent: \(Names.text(hosts.map(\.rawValue)))"
        case .etcdUnknown(_, let host, _): "etcd could not be read" + Self.on(host)
        case .etcdSeatUnknown(let host, _): "which etcd member '\(host)' has cannot be told"
        case .etcdMemberUnhealthy(let member, _, _, let host):
            host.map { "etcd on '\($0)' is not healthy" } ?? "etcd member '\(member)' is not healthy"
        case .etcdUnsteady: "etcd is whole, and not yet in enough samples"
        case .quorumWouldBreak(let host, _, _, _, _): "without '\(host)' etcd would lose its quorum"
        case .lockUnknown: "who has the cluster's lock could not be told"
        case .semaphoreHeld(let group, let holders, _):
            "locksmith's semaphore\(group.map { " of group '\($0)'" } ?? "") is held by "
                + Names.text(holders.map(\.description))
        case .semaphoreFree: "locksmith's semaphore is free, and about to be taken"
        case .semaphoreUnknown: "locksmith's semaphore could not be read or changed"
        case .outsideWindow: "the maintenance window is not open"
        case .windowTooShort: "the maintenance window closes too soon"
        case .untold(let host, let what, _): "\(what.words) of host '\(host)' cannot be told"
        case .engineBusy(let host, _): "update-engine of '\(host)' is at work by itself"
        case .spaceLacking(let host, let space): "'\(host)' has not enough room on \(space.path)"
        case .clockSkewed(let host, let skew): "the clocks of '\(host)' and '\(skew.other)' differ"
        case .hookHolds(let hook, let host, _): "your hook '\(hook)' says not now" + Self.on(host)
        case .hookFailed(let hook, let host, _, _): "your hook '\(hook)' failed" + Self.on(host)
        case .hookUnheard(let hook, let host, _, _):
            "what your hook '\(hook)' says is not known" + Self.on(host)
        case .pageShut(let url, _): "\(url) does not say yes"
        case .notReturned(let host, _, _): "'\(host)' has not come back from its reboot"
        case .stepFailed(let host, let step, _): "\(step.rawValue) of host '\(host)' failed"
        case .hostUnsafe(let host, let unit, _): "host '\(host)' is not fit for a reboot, by \(unit)"
        default: description
        }
    }

    /// The host and its case, and none of what changes from one look to the next.
    public var kind: String { brief.filter { !$0.isNumber } + (subject.map { "@\($0)" } ?? "") }

    private static func on(_ host: HostID?) -> String { host.map { " on '\($0)'" } ?? "" }
}

extension HostTrouble {
    /// The trouble in a few words.
    public var words: String {
        switch self {
        case .unreachable: "no connection"
        case .refused: "nothing takes ssh's call"
        case .throttled: "its sshd takes no more callers now"
        case .bastion: "the way to it is shut"
        case .loginRefused: "the login was refused"
        case .hostKey: "its host key is not trusted"
        case .sshSettings: "this machine's ssh settings"
        case .interrupted: "the connection was cut, or the time was up"
        case .sudo: "sudo"
        case .shell: "its login shell"
        case .commandFailed: "a command failed"
        case .answerUnreadable: "its answer makes no sense"
        case .agentMissing: "it has no agent"
        case .agentDiffers: "its agent is of another protocol"
        case .agentFailed: "its agent ended without an answer"
        case .recordUnreadable: "its agent cannot read its record"
        case .recordSpoilt: "its agent's record is not a turnstile's"
        case .osReleaseUnreadable: "its os-release names no version"
        case .curlMissing: "it has no curl"
        }
    }
}
