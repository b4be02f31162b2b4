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
