import AgentProtocol
import RolloutModel

extension StagedContents {
    /// The contents that an agent read of a partition, without values that are malformed.
    init(_ contents: PartitionContents) {
        self.init(
            version: Version(contents.version), etcd: contents.etcd.map { EtcdSource($0) },
            why: contents.unreadable.first.map { $0.reason.shortened },
            docker: contents.docker.flatMap(\.asVersion),
            fleet: contents.fleet.flatMap(\.asVersion),
            flannel: contents.flannel.flatMap(\.asVersion))
    }
}

extension EtcdSource {
    init(_ start: EtcdStart) {
        let origin: Origin =
            switch start.origin {
            case .imageProgram: .release(Self.part(start))
            case .missingProgram: .missing(Self.part(start))
            case .imageContainer: .release(.etcdMember)
            case .ownProgram, .ownContainer: .own
            case .unclear: .unclear
            }
        self.init(
            unit: start.unit.shortened, origin: origin,
            version: start.version.flatMap(\.asVersion), why: start.why?.shortened)
    }

    /// As the table of releases calls it, by the program; where there is none, by the unit (facts 6.4).
    private static func part(_ start: EtcdStart) -> ReleasePart? {
        switch start.starts ?? start.unit {
        case "/usr/bin/etcd2", "etcd2.service": .etcd2
        case "/usr/bin/etcd" where start.unit == "etcd.service", "etcd.service": .etcd0
        case "etcd-member.service": .etcdMember
        default: nil
        }
    }
}

extension String {
    /// nil for what is no version: the agent tells one without anything around it.
    fileprivate var asVersion: String? {
        let isPlain = unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || ".+-_".unicodeScalars.contains($0)
        }
        return isPlain && utf8.count <= 32 && utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } == true ? self : nil
    }

    /// The text as one plain line of at most 300 characters.
    fileprivate var shortened: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.prefix(300).map { (" "..."~").contains($0) ? $0 : "?" }))
    }
}
