/// The next step of an application, after the new cluster was looked at.
public enum MigrationStep: Hashable, Sendable {
    case act(MigrationAct)
    /// The act was asked for and not answered, and the controller may be at it still. The new cluster is looked
    /// at again, until that second since 1970 at most.
    case look(for: MigrationAct, until: Int64)
    /// The act was asked for and not answered, and is seen to be done.
    case seen(MigrationAct)
    /// The application has no step left.
    case prove
    case hold([MigrationHold])

    /// The part of an application that is carried.
    public enum Scope: Hashable, Sendable {
        case all
        /// The rights of users who registered after the application was proved.
        case grants
    }

    /// The longest time that a controller may go on with an act that starts nothing.
    private static let quickSettling = Duration.seconds(30)

    /// The times that an act is asked for before its lack of effect holds.
    public static let asksMax = 2

    /// - Parameters:
    ///   - now: the seconds since 1970.
    ///   - settling: the time in which a controller ends what it began for a client that is gone.
    public static func next(
        _ wish: ApplicationWish, _ course: ApplicationCourse, after sight: ApplicationSight, now: Int64,
        settling: Duration, scope: Scope
    ) -> MigrationStep {
        if let found = sight.picture, !course.isOwn {
            return course.owns(found) ? .seen(.create) : .hold([.idTaken(found.id, owner: found.owner)])
        }
        let acts = wish.acts(after: sight)
        guard let act = scope == .all ? acts.first : acts.first(where: \.isGrant) else { return .prove }
        if let open = course.open, open.act == act {
            // A quick act is done or refused long before.
            let window = act.isSlow ? settling : min(settling, quickSettling)
            let (end, isOver) = open.at.addingReportingOverflow(window.components.seconds)
            // A clock that was set back makes nobody wait for longer than that.
            if !isOver, now >= open.at, now < end { return .look(for: act, until: end) }
        }
        if course.last == act, course.repeats >= asksMax {
            return .hold([.actWithoutEffect(act, asks: course.repeats)])
        }
        return .act(act)
    }
}
