import ArgumentParser
import Coordinator
import RolloutModel

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

    var place: PlatformReading.ControllerPlace? {
        controller.map { .init(url: $0.withoutSlash, client: .here) }
    }
}

extension String {
    /// True for a URL without a path, and without a user: it is kept and shown. The controller's own path is added.
    var isControllerURL: Bool {
        guard let scheme = ["http://", "https://"].first(where: hasPrefix) else { return false }
        let rest = dropFirst(scheme.count)
        let marks: Set<Character> = ["@", "?", "#", "\"", "\\"]
        guard !rest.contains(where: { marks.contains($0) }) else { return false }
        return !rest.isEmpty && rest.drop { $0 != "/" }.allSatisfy { $0 == "/" }
            && rest.utf8.allSatisfy { (0x21..<0x7f).contains($0) }
    }

    var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
