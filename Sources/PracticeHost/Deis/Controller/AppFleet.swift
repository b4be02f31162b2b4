/// The controller's scheduler: containers of applications as units of fleet's.
struct AppFleet: Sendable {
    let jobs: FleetJobs
    let world: HostWorld

    /// How long new containers may take before those of before are stopped anyhow.
    private static let deployTime = Duration.seconds(600)

    /// Starts what should run, waits until it does, and destroys the rest of the application.
    func run(_ containers: [AppContainer], application: String, image: String) throws {
        for container in containers {
            do throws(EtcdError) {
                try jobs.create(
                    container.unit, FleetUnitFile(text: AppUnitText.text(container, image: image)))
            } catch {
                if !error.isAlreadyThere { throw error }
            }
            try jobs.setTarget(container.unit, "launched")
        }
        let deadline = ContinuousClock.now + world.scaled(Self.deployTime)
        while !containers.allSatisfy({ state(of: $0) == "up" }), ContinuousClock.now < deadline {
            StopFlag().wait(max(world.scaled(.seconds(1)), .milliseconds(100)))
        }
        let wanted = Set(containers.map(\.unit))
        for job in try jobs.jobs()
        where AppContainer(unit: job.unit)?.application == application && !wanted.contains(job.unit) {
            try jobs.destroy(job.unit)
        }
    }

    /// The state of a container, as the API names it.
    @Sendable func state(of container: AppContainer) -> String {
        let states = (try? jobs.states([])) ?? []
        switch states.first(where: { $0.unit == container.unit })?.sub {
        case "running": return "up"
        case "failed": return "crashed"
        case "dead": return "down"
        case nil: return "initialized"
        case _?: return "created"
        }
    }
}
