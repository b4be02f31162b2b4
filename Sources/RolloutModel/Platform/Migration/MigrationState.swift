/// The state that a migration's record tells.
public struct MigrationState: Hashable, Sendable {
    public private(set) var plan: MigrationPlan
    /// The courses of the applications, by their ids at the old cluster.
    public private(set) var courses: [ApplicationID: ApplicationCourse] = [:]
    public private(set) var claim = Claim.none
    /// The operator of the newest run.
    public private(set) var operatorName: String?

    /// The migration's hold on the new cluster.
    public enum Claim: Hashable, Sendable {
        case none
        /// The claim was to be made, and may have been.
        case open
        case made
    }

    /// - Returns: nil for an event that cannot be the first.
    public init?(first event: MigrationEvent) {
        guard case .opened(_, let plan) = event else { return nil }
        self.plan = plan
    }

    /// - Returns: false for an event that cannot follow.
    public mutating func apply(_ event: MigrationEvent) -> Bool {
        switch event {
        case .opened: return false
        case .planned(let plan):
            guard plan.isSameMigration(as: self.plan) else { return false }
            let earlier = self.plan
            self.plan = plan
            // Under another id it is another application of the new cluster, which may be somebody else's.
            for id in Array(courses.keys) where earlier.newID(of: id) != plan.newID(of: id) {
                courses[id] = ApplicationCourse()
            }
        case .attached(let by): operatorName = by
        case .claiming: claim = .open
        case .claimed: claim = .made
        case .released: claim = .none
        default: break
        }
        if let id = event.application { courses[id, default: ApplicationCourse()].apply(event) }
        return true
    }

    /// The names that applications had at the old cluster when they were taken up.
    public var names: Set<DomainName> { Set(courses.values.flatMap { $0.answers.map(\.name) }) }

    public func course(of id: ApplicationID) -> ApplicationCourse { courses[id] ?? ApplicationCourse() }
}
