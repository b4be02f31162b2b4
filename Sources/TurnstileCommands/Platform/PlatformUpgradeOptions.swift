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

    func place(_ side: DeisctlSide) -> (program: DeisctlPlace, templates: String) {
        switch side {
        case .old: (deisctl, templates)
        case .new: (newDeisctl, newTemplates)
        }
    }
}

/// The place of a deisctl.
enum DeisctlPlace: ExpressibleByArgument, Hashable, Sendable {
    case here(path: String)
    case host(HostID, path: String)

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        // A slash before the colon makes the place a path, as with scp.
        guard let colon = argument.firstIndex(of: ":"), !argument[..<colon].contains("/") else {
            self = .here(path: argument)
            return
        }
        let path = String(argument[argument.index(after: colon)...])
        guard colon != argument.startIndex, path.hasPrefix("/") else { return nil }
        self = .host(HostID(String(argument[..<colon])), path: path)
    }
}

extension PlatformVersion: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension PlatformComponent: ExpressibleByArgument {}
