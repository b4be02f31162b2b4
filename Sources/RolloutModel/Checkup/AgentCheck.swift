/// The check that hosts have the agent of this turnstile, and that only root could have put it there.
public struct AgentCheck: Hashable, Sendable {
    /// In the order of the hosts.
    public var seen: [Seen]

    public struct Seen: Hashable, Sendable {
        public var host: HostID
        public var state: State

        public init(_ host: HostID, _ state: State) {
            self.host = host
            self.state = state
        }
    }

    public enum State: Hashable, Sendable {
        case fit(version: String)
        /// No agent, or none that this turnstile can work with.
        case unfit(why: String)
        /// Users other than root may have put the agent there.
        case exposed(why: String, path: String, isLink: Bool)
        /// The agent works, and is of another version.
        case otherVersion(why: String)
        /// The agent is another program than that of the other hosts; no rollout begins so.
        case otherProgram(why: String)
        /// The agent was run, and gave no report.
        case silent(HostTrouble, why: String)
    }

    public init(_ seen: [Seen]) { self.seen = seen }

    /// The findings, with all hosts in the same state in one.
    public var findings: [Checkup.Finding] {
        var hosts: [State: [HostID]] = [:]
        for each in seen { hosts[each.state, default: []].append(each.host) }
        return seen.filter { hosts[$0.state]?.first == $0.host }.map {
            finding($0.state, hosts[$0.state] ?? [$0.host])
        }
    }

    private func finding(_ state: State, _ hosts: [HostID]) -> Checkup.Finding {
        let subject = Checkup.Subject.hosts(hosts)
        switch state {
        case .fit(let version): return .ok(.agent, subject, version)
        case .unfit(let why):
            return .fault(
                .agent, subject, why,
                fix: ["put the agent of this turnstile there:", "\(or: .installOn(hosts))"])
        case .exposed(let why, let path, let isLink):
            return .fault(.agent, subject, why, fix: Self.closing(path, isLink: isLink, on: hosts))
        case .otherVersion(let why):
            return .warning(
                .agent, subject, why + "; the two work together",
                fix: ["to have this turnstile's:", "\(or: .installOn(hosts))"])
        case .otherProgram(let why):
            return .fault(
                .agent, subject, why, fix: ["to have one program on all hosts:", "\(or: .installOn(hosts))"])
        case .silent(let trouble, let why):
            return .fault(.agent, subject, why, fix: Remedy(hosts.flatMap { trouble.steps(on: $0) }))
        }
    }

    /// The steps that close a path: a user who can write there may have put anything there.
    private static func closing(_ path: String, isLink: Bool, on hosts: [HostID]) -> Remedy {
        let place: [Remedy.Step] = hosts.flatMap { host -> [Remedy.Step] in
            isLink
                ? ["on '\(host)', as root, put a directory or a file of root's own in the place of \(path)"]
                : [
                    "as root on '\(host)':",
                    "\(run: "chown root:root \(path)", on: host, asRoot: true)",
                    "\(run: "chmod go-w \(path)", on: host, asRoot: true)",
                ]
        }
        return Remedy(place + ["then write the agent anew:", "\(or: .installOn(hosts))"])
    }
}
