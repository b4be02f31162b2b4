extension Checkup {
    /// A single question of a checkup, and its answer.
    public struct Finding: Hashable, Sendable {
        public var check: Check
        public var subject: Subject
        public var verdict: Verdict
        /// The answer, in the words of the layer below where it has some: a sentence without its full stop.
        public var said: String
        /// nil for what is in order.
        public var fix: Remedy?

        private init(
            _ check: Check, _ subject: Subject, _ verdict: Verdict, _ said: String, fix: Remedy?
        ) {
            self.check = check
            self.subject = subject
            self.verdict = verdict
            self.said = ForeignText.line(said)
            self.fix = fix
        }

        public static func ok(_ check: Check, _ subject: Subject, _ said: String) -> Finding {
            Finding(check, subject, .ok, said, fix: nil)
        }

        public static func warning(
            _ check: Check, _ subject: Subject, _ said: String, fix: Remedy
        ) -> Finding {
            Finding(check, subject, .warning, said, fix: fix)
        }

        public static func fault(
            _ check: Check, _ subject: Subject, _ said: String, fix: Remedy
        ) -> Finding {
            Finding(check, subject, .fault, said, fix: fix)
        }

        /// True if both tell the same of hosts.
        fileprivate func hasSameWords(as other: Finding) -> Bool {
            check == other.check && verdict == other.verdict && said == other.said && fix == other.fix
        }
    }

    /// The subject of a finding.
    public enum Subject: Hashable, Sendable {
        /// The machine that turnstile runs on.
        case here
        case hosts([HostID])
        /// The hosts together.
        case cluster

        public static func host(_ host: HostID) -> Subject { .hosts([host]) }

        public var hosts: [HostID] {
            switch self {
            case .hosts(let hosts): hosts
            case .here, .cluster: []
            }
        }
    }
}

extension Checkup.Finding {
    func isAlike(_ other: Checkup.Finding) -> Bool {
        !subject.hosts.isEmpty && !other.subject.hosts.isEmpty && hasSameWords(as: other)
    }
}

extension Checkup.Subject {
    func with(_ other: Checkup.Subject) -> Checkup.Subject {
        .hosts(hosts + other.hosts.filter { !hosts.contains($0) })
    }
}
