import ArgumentParser
import Coordinator
import RolloutModel
import Settings

/// The options that say where the controller is asked.
struct ControllerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The controller's address, asked from this machine. (default: deis.DOMAIN, through the routers)",
            valueName: "url"))
    var controller: String?

    func validate() throws {
        guard let controller, !controller.isControllerURL else { return }
        throw ValidationError("--controller \(controller): an address such as http://deis.example.com")
    }

    var place: PlatformReading.ControllerPlace? { controller.map { .here($0) } }
}

extension PlatformReading.ControllerPlace {
    /// A controller that this machine asks.
    static func here(_ url: String) -> Self { Self(url: url.withoutSlash, client: .here) }
}
