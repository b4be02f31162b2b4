extension ReleaseHold {
    public var says: String {
        switch self {
        case .releaseLacks(let host, let part, let target, _):
            "\(target) has no \(part.words) any more, and host '\(host)' runs it from its image"
        case .etcdJump(let host, let from, let to, let target, let rule, _):
            "with \(target) etcd would go from \(from) to \(to) on host '\(host)', and must not: \(rule.words)"
        case .etcdAfterUnknown(let host, let running, let target, let why):
            "which etcd \(target) brings to host '\(host)', where \(running) runs, is not known: \(why)"
        case .etcdStagedDiffers(let host, let staged, let told, let target):
            "the partition staged with \(target) on host '\(host)' brings etcd \(staged), and \(told) was said to come"
        case .etcdJumped(let host, let from, let to, let target, let rule, _):
            "with \(target) etcd went from \(from) to \(to) on host '\(host)', and must not: \(rule.words)"
        case .etcdDiffers(let host, let found, let told):
            "etcd \(found) runs on host '\(host)' since it runs the target, and \(told) was said to come"
        }
    }
}
