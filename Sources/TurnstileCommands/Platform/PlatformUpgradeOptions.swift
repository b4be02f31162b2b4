import ArgumentParser
import RolloutModel

/// The options that say how the platform is upgraded, and by which deisctl.
struct PlatformUpgradeOptions: ParsableArguments {
    @Option(help: "The version wanted. (default: that of the new deisctl)")
    var to: PlatformVersion?

    @Option(
        help: ArgumentHelp(
            "deisctl of the version that runs: a path here, or HOST:PATH of a host of the cluster.",
            valueName: "path"))
    var deisctl: DeisctlPlace

    @Option(help: ArgumentHelp("deisctl of the version wanted: as --deisctl.", valueName: "path"))
    var newDeisctl: DeisctlPlace

    @Option(
        help: ArgumentHelp(
            "The directory of the running version's templates: the way back needs them.",
            valueName: "directory")
    )
    var templates: String

    @Option(
        help: ArgumentHelp("The directory of the templates of the version wanted.", valueName: "directory"))
    var newTemplates: String

    @Option(
        name: .customLong("keep-image"),
        help: ArgumentHelp(
            "The image that this component has of its own is meant; may be given again.",
            valueName: "component"))
    var keptImages: [PlatformComponent] = []

    @Option(help: "Whether the load balancer speaks the PROXY protocol to the routers: on or off.")
    var proxyProtocol: Switch?

    @Flag(help: "There is a backup: none is made.")
    var backedUp = false

    enum Switch: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    /// The choices, as the preflight takes them.
    var choice: PlatformChoice {
        PlatformChoice(
            to: to, old: PlatformStage.Tool(program: deisctl, templates: templates),
            new: PlatformStage.Tool(program: newDeisctl, templates: newTemplates), keptImages: keptImages,
            proxyProtocol: proxyProtocol.map { $0 == .on }, isBackedUp: backedUp)
    }
}

extension DeisctlPlace: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension PlatformVersion: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension PlatformComponent: ExpressibleByArgument {}
