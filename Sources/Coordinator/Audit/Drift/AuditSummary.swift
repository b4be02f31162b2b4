/// How many hosts run what.
public struct AuditSummary: Sendable {
    public var hosts: Int
    public var unreadable: Int
    public var sections: [Section]

    public struct Section: Sendable {
        /// As an operator calls it.
        public var name: String
        /// The most common first.
        public var counts: [Count]
    }

    public struct Count: Hashable, Sendable {
        /// nil for the hosts that did not say.
        public var value: String?
        public var hosts: Int

        public init(value: String?, hosts: Int) {
            self.value = value
            self.hosts = hosts
        }
    }

    public init(_ audits: [HostAudit]) {
        let read = audits.filter { $0.fault == nil }
        hosts = audits.count
        unreadable = audits.count - read.count
        sections = [AuditAspect.version, .group, .etcd].map { aspect in
            let spread = HostSpread(read, by: aspect.value)
            let silent = read.count - spread.count
            return Section(
                name: aspect.name,
                counts: spread.values.map { Count(value: $0.value, hosts: $0.hosts.count) }
                    + (silent > 0 ? [Count(value: nil, hosts: silent)] : []))
        }
    }
}
