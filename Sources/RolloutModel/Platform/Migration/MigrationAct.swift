/// A change at the new controller that an application's migration asks for.
public enum MigrationAct: Codable, Hashable, Sendable {
    case create
    /// Sets the settings, limits and tags that differ, in one release.
    case configure
    case pull(image: String)
    /// The number of processes of each type that differs.
    case scale([String: Int])
    case addDomain(DomainName)
    case addCertificate(DomainName)
    case share(AccountName)
    case transfer(AccountName)

    /// True if the controller may go on with the act after its client is gone: containers are started.
    public var isSlow: Bool {
        switch self {
        case .configure, .pull, .scale: true
        case .create, .addDomain, .addCertificate, .share, .transfer: false
        }
    }

    /// True if the act gives a user what was theirs.
    public var isGrant: Bool {
        switch self {
        case .share, .transfer: true
        default: false
        }
    }

    /// The longest time until the controller answers. A router gives a controller 20 minutes
    /// (router/rootfs/etc/confd/templates/nginx.conf).
    public var patience: Duration { isSlow ? .seconds(1200) : .seconds(60) }
}

extension MigrationAct: CustomStringConvertible {
    public var description: String {
        switch self {
        case .create: "create it"
        case .configure: "set its settings"
        case .pull(let image): "pull \(image)"
        case .scale(let counts):
            "scale "
                + counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        case .addDomain(let domain): "add domain \(domain)"
        case .addCertificate(let name): "add the certificate of \(name)"
        case .share(let user): "share it with \(user)"
        case .transfer(let user): "give it to \(user)"
        }
    }
}

extension ApplicationWish {
    /// The acts that are left, in their order. Nothing at the new cluster is taken away: what somebody added
    /// there stays, except processes of a type that is not to run.
    ///
    /// - Parameter sight: the application as it is at the new cluster now.
    public func acts(after sight: ApplicationSight) -> [MigrationAct] {
        guard let found = sight.picture else { return [.create] }
        var acts: [MigrationAct] = []
        if !settings.missing(in: found.settings).isEmpty { acts.append(.configure) }
        if let build, found.release.build?.image != build.image { acts.append(.pull(image: build.image)) }
        // Before the pull nobody knows which processes the controller starts by itself.
        if build != nil, acts.isEmpty || acts == [.configure] {
            let counts = missingCounts(in: found.structure)
            if !counts.isEmpty { acts.append(.scale(counts)) }
        }
        acts += domains.subtracting(found.domains).sorted().map(MigrationAct.addDomain)
        acts += certificates.filter { !sight.roll.certificates.contains($0.text) }.sorted()
            .map(MigrationAct.addCertificate)
        return acts + grants(after: found, sight.roll)
    }

    private func missingCounts(in found: [String: Int]) -> [String: Int] {
        let types = Set(structure.keys).union(found.keys)
        return Dictionary(
            uniqueKeysWithValues: types.map { ($0, structure[$0] ?? 0) }
        ).filter { $0.value != found[$0.key] ?? 0 }
    }

    /// Users who have not registered at the new cluster are left out. See `absentees(_:)`.
    private func grants(after found: ApplicationPicture, _ roll: ControllerRoll) -> [MigrationAct] {
        var wanted = collaborators
        let isTransferred = roll.canTransfer && roll.accounts.contains(owner)
        if !isTransferred { wanted.insert(owner) }
        let shares = wanted.intersection(roll.accounts).subtracting(found.collaborators)
            .subtracting([found.owner]).sorted().map(MigrationAct.share)
        return shares + (isTransferred && found.owner != owner ? [.transfer(owner)] : [])
    }

    /// The users of the application who have not registered at the new cluster.
    public func absentees(_ roll: ControllerRoll) -> Set<AccountName> {
        collaborators.union([owner]).subtracting(roll.accounts)
    }
}
