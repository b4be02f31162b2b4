/// An application as it is to be at the new cluster.
public struct ApplicationWish: Hashable, Sendable {
    public var id: ApplicationID
    public var settings: ApplicationSettings
    /// The image in the old registry; nil where there is nothing to run.
    public var build: ApplicationPicture.Build?
    /// The number of processes of each type, none of them 0.
    public var structure: [String: Int]
    public var domains: Set<DomainName>
    /// The domains of the application for which there is a certificate to carry.
    public var certificates: Set<DomainName>
    public var owner: AccountName
    public var collaborators: Set<AccountName>

    /// - Parameter certificates: the names for which there is a certificate in the plan's directory.
    public init(
        _ old: ApplicationPicture, _ plan: MigrationPlan, certificates: Set<DomainName>
    ) {
        id = plan.newID(of: old.id)
        settings = old.settings.madeByPeople
        build = old.release.build.flatMap { build in
            plan.registry.map {
                // A release's image, whatever its build was made from (controller/api/models.py).
                .init(image: "\($0)/\(old.id):v\(old.release.version)", procfile: build.procfile)
            }
        }
        structure = build == nil ? [:] : old.running
        domains = old.domains
        self.certificates = certificates.intersection(old.domains)
        owner = old.owner
        collaborators = old.collaborators
    }
}

/// An application as the new cluster has it, with the rest that its next act depends on.
public struct ApplicationSight: Hashable, Sendable {
    /// nil where the new controller has no such application.
    public var picture: ApplicationPicture?
    public var roll: ControllerRoll

    public init(picture: ApplicationPicture?, roll: ControllerRoll) {
        self.picture = picture
        self.roll = roll
    }
}
