/// The parts of a system that one release has in another version than another release has, or has alone.
///
/// Patch levels are left out: they change with every release. A part whose version is not known of both releases is named
/// and not guessed.
public struct ReleaseChange: Codable, Hashable, Sendable {
    public var from: Version
    public var to: Version
    public var parts: [Part]
    /// The names of parts that cannot be compared.
    public var unknown: [String]

    public struct Part: Codable, Hashable, Sendable {
        public var name: String
        /// As releases name it; nil for a part that is not in the image.
        public var was: String?
        public var becomes: String?

        public init(name: String, was: String?, becomes: String?) {
            self.name = name
            self.was = was
            self.becomes = becomes
        }
    }

    public init(from: Version, to: Version, parts: [Part], unknown: [String]) {
        self.from = from
        self.to = to
        self.parts = parts
        self.unknown = unknown
    }
}

extension ReleaseTable {
    /// The change that an upgrade from one version to another brings.
    ///
    /// - Parameters:
    ///   - distribution: of the host before the upgrade; nil where the host does not tell.
    /// - Returns: nil where both are one version. All parts are unknown where one of them is in no table.
    public func change(from: Version, of distribution: Distribution?, to: Version) -> ReleaseChange? {
        guard from != to else { return nil }
        var change = ReleaseChange(from: from, to: to, parts: [], unknown: [])
        guard let old = release(from, of: distribution), let new = target(to, of: distribution) else {
            change.unknown = ReleaseChange.Trait.allCases.map(\.rawValue)
            return change
        }
        for trait in ReleaseChange.Trait.allCases {
            switch (trait.value(in: old), trait.value(in: new)) {
            case (.unknown, _), (_, .unknown): change.unknown.append(trait.rawValue)
            case (let was, let becomes):
                guard trait.significant(was) != trait.significant(becomes) else { continue }
                change.parts.append(.init(name: trait.rawValue, was: was.word, becomes: becomes.word))
            }
        }
        return change
    }
}

extension ReleaseChange {
    /// The parts that are compared.
    fileprivate enum Trait: String, CaseIterable {
        case docker, kernel, systemd
        case etcd0 = "etcd 0.4"
        case etcd2
        case etcdMember = "etcd-member's image"
        case fleet

        func value(in release: Release) -> Release.Shipped {
            switch self {
            case .docker: Self.shipped(release.docker)
            case .kernel: Self.shipped(release.kernel)
            case .systemd: Self.shipped(release.systemd)
            case .etcd0: release.etcd0
            case .etcd2: release.etcd2
            case .etcdMember: release.etcdMember
            case .fleet: release.fleet
            }
        }

        private static func shipped(_ version: String?) -> Release.Shipped {
            version.map { .version($0) } ?? .unknown
        }

        /// The numbers of a version that tell more than its patch level; nil for a part that is not there.
        func significant(_ shipped: Release.Shipped) -> [Substring]? {
            shipped.version.map { Array($0.split(separator: ".").prefix(self == .systemd ? 1 : 2)) }
        }
    }
}

extension Release.Shipped {
    /// As people name it: `~3.3.25` for one that is known of the release's branch alone; nil for none.
    fileprivate var word: String? {
        switch self {
        case .no, .unknown: nil
        case .version(let version): version
        case .about(let version): "~\(version)"
        }
    }
}
