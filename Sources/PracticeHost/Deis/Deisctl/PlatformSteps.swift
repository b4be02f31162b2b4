/// The steps of deisctl's commands on the whole platform, in their order.
enum PlatformStep: Hashable, Sendable {
    case heading(String)
    case create([String])
    case start([String])
    case stop([String])
    case destroy([String])
    /// Asks for the start of units at once, and waits for none.
    case launch([String])
}

extension [PlatformStep] {
    static func install(_ manner: DeisctlManner, stateless: Bool, routers: Int) -> [PlatformStep] {
        installAllButRouters(stateless: stateless) + [
            .heading(manner.routerWords), .create((1...Swift.max(1, routers)).map { "router@\($0)" }),
        ]
    }

    private static func installAllButRouters(stateless: Bool) -> [PlatformStep] {
        (stateless
            ? []
            : [
                .heading("Storage subsystem..."),
                .create([
                    "store-daemon", "store-monitor", "store-metadata", "store-volume", "store-gateway@1",
                ]),
            ]) + [
                .heading("Logging subsystem..."),
                .create(stateless ? ["logspout"] : ["logger", "logspout"]),
                .heading("Control plane..."),
                .create((stateless ? [] : ["database"]) + ["registry@1", "controller", "builder"]),
                .heading("Data plane..."), .create(["publisher"]),
            ]
    }

    static func start(_ manner: DeisctlManner, stateless: Bool) -> [PlatformStep] {
        startAllButRouters(stateless: stateless, background: ["router@*"]) + [
            .heading(manner.routerWords), .start(["router@*"]),
        ]
    }

    private static func startAllButRouters(stateless: Bool, background: [String]) -> [PlatformStep] {
        let storage: [PlatformStep] = [
            .heading("Storage subsystem..."), .start(["store-monitor"]), .start(["store-daemon"]),
            .start(["store-metadata"]), .start(["store-gateway@*"]), .start(["store-volume"]),
        ]
        let control = (stateless ? [] : ["database"]) + ["registry@*", "controller"]
        return (stateless ? [] : storage) + [.heading("Logging subsystem...")]
            + (stateless ? [] : [.start(["logger"])]) + [
                .start(["logspout"]), .launch(control + ["builder", "publisher"] + background),
                .heading("Control plane..."), .start(control), .start(["builder"]),
                .heading("Data plane..."), .start(["publisher"]),
            ]
    }

    static func stop(_ manner: DeisctlManner, stateless: Bool) -> [PlatformStep] {
        takeAway(manner, stateless: stateless, PlatformStep.stop)
    }

    static func uninstall(_ manner: DeisctlManner, stateless: Bool) -> [PlatformStep] {
        takeAway(manner, stateless: stateless, PlatformStep.destroy)
    }

    private static func takeAway(
        _ manner: DeisctlManner, stateless: Bool, _ act: ([String]) -> PlatformStep
    ) -> [PlatformStep] {
        let control = ["controller", "builder"] + (stateless ? [] : ["database"]) + ["registry@*"]
        return [
            .heading(manner.routerWords), act(["router@*"]), .heading("Data plane..."), act(["publisher"]),
            .heading("Control plane..."), act(control), .heading("Logging subsystem..."),
            act(stateless ? ["logspout"] : ["logger", "logspout"]),
        ]
            + (stateless
                ? []
                : [
                    .heading("Storage subsystem..."), act(["store-volume", "store-gateway@*"]),
                    act(["store-metadata"]), act(["store-daemon"]), act(["store-monitor"]),
                ])
    }

    /// Stops and destroys all but routers and publisher.
    static func upgradePrep(stateless: Bool) -> [PlatformStep] {
        var batches = [["database", "registry@*", "controller", "builder", "logger", "logspout"]]
        if !stateless {
            batches += [
                ["store-volume", "store-gateway@*"], ["store-metadata"], ["store-daemon"], ["store-monitor"],
            ]
        }
        return batches.flatMap { [.stop($0), .destroy($0)] }
    }

    /// The steps of takeover after the restart of routers and publisher. Takeover installs the running publisher, which
    /// stops it until the last step, and before 1.11 the routers as well.
    static func upgradeTakeoverRest(_ manner: DeisctlManner, stateless: Bool) -> [PlatformStep] {
        guard manner.hasStatelessUpgrade else {
            return install(manner, stateless: false, routers: 3) + start(manner, stateless: false)
        }
        return installAllButRouters(stateless: stateless)
            + startAllButRouters(stateless: stateless, background: stateless ? ["router@*"] : [])
    }
}
