/// The faults that are known before anything is asked for.
public enum MigrationCheck {
    /// - Returns: what keeps every application.
    public static func holds(_ plan: MigrationPlan, old: ControllerRoll, new: ControllerRoll)
        -> [MigrationHold]
    {
        var holds: [MigrationHold] = []
        if plan.old.url == plan.new.url { holds.append(.sameController) }
        for (side, roll) in [(MigrationSide.old, old), (.new, new)]
        where !ControllerRoll.knownAPIs.contains(roll.api) {
            holds.append(.controllerAPIUnknown(side, api: roll.api))
        }
        if plan.new.routers.isEmpty { holds.append(.routersUnnamed) }
        return holds
    }

    /// The new ids that applications of the old cluster cannot have beside one another.
    ///
    /// - Parameter all: all applications of the old cluster.
    public static func twice(_ plan: MigrationPlan, all: [ApplicationID]) -> [MigrationHold] {
        Dictionary(grouping: all, by: plan.newID).filter { $0.value.count > 1 }.keys.sorted()
            .map(MigrationHold.idTwice)
    }

    /// The new ids that the operator gave and that applications of the new cluster have. An application that this
    /// migration may have created, or that the operator calls the old one's, is none of these.
    ///
    /// - Parameters:
    ///   - new: all applications of the new cluster.
    ///   - adopted: ids at the new cluster.
    public static func taken(
        _ state: MigrationState, new: [ApplicationID], adopted: Set<ApplicationID>
    ) -> [ApplicationID] {
        state.plan.renames.filter { rename in
            let course = state.course(of: rename.old)
            return rename.old != rename.new && new.contains(rename.new) && !adopted.contains(rename.new)
                && !course.isOwn && course.open?.act != .create
        }.map(\.new)
    }

    /// - Parameters:
    ///   - old: the application at the old cluster.
    ///   - all: all applications of the old cluster.
    ///   - course: how far it is.
    /// - Returns: what keeps this application.
    public static func holds(
        _ old: ApplicationPicture, _ plan: MigrationPlan, all: [ApplicationID], _ course: ApplicationCourse
    ) -> [MigrationHold] {
        let id = plan.newID(of: old.id)
        if id.isReserved { return [.idReserved(id)] }
        if all.contains(where: { $0 != old.id && plan.newID(of: $0) == id }) { return [.idTwice(id)] }
        if old.release.build != nil, plan.registry == nil { return [.registryUnnamed] }
        if course.isReopened, plan.old.routers.isEmpty { return [.oldRoutersUnnamed] }
        if course.isProved, let carried = course.release, carried != old.release.version {
            return [.deployedSince(carried: carried, now: old.release.version)]
        }
        return []
    }
}
