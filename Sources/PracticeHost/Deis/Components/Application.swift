import Dispatch
import Synchronization

/// A container of an application: answers every request.
struct Application: UnitService {
    let container: AppContainer
    let port: UInt16?
    private let listener: HTTPListener

    /// - Throws: `Failure.system` where the host has no port left.
    init(_ container: AppContainer, _ world: HostWorld) throws {
        self.container = container
        listener = try HostPorts.listener { _ in
            if world.settings().sickApplications.contains(container.application) { return .text(503) }
            return .text(200, "Powered by Deis\nRelease v\(container.version) on \(container.name)\n")
        }
        port = listener.port
    }

    func run(until stop: StopFlag) {
        stop.wait()
        listener.stop()
    }
}

/// The ports that docker gives to containers.
enum HostPorts {
    private static let next = Mutex<UInt16>(49_153)

    static func listener(_ handler: @escaping HTTPListener.Handler) throws -> HTTPListener {
        for _ in 0..<100 {
            let port = next.withLock { next in
                defer { next = next == 65_535 ? 49_153 : next + 1 }
                return next
            }
            if let listener = try? HTTPListener(port: port, handler) { return listener }
        }
        throw Failure.system(operation: "find", subject: "a port for a container", reason: "all are taken")
    }
}
