import Synchronization

/// The containers that run on this host. Each change is written out, for `docker ps`.
final class ContainerTable: Sendable {
    struct Container: Hashable, Sendable {
        /// 12 hexadecimal digits.
        var id: String
        /// `deis-router`, `happy-bandit_v3.web.1`
        var name: String
        var image: String
        /// The port of the host that leads to it.
        var port: UInt16?
    }

    static let path = UnitHostClient.directory + "/containers"

    private let path: String
    private let containers = Mutex<[String: Container]>([:])

    init(path: String = path) { self.path = path }

    func add(_ container: Container) { change { $0[container.name] = container } }

    func remove(_ name: String) { change { $0[name] = nil } }

    var all: [Container] { containers.withLock { $0.values.sorted { $0.name < $1.name } } }

    private func change(_ body: (inout [String: Container]) -> Void) {
        containers.withLock { containers in
            body(&containers)
            let lines = containers.values.sorted { $0.name < $1.name }.map(\.line).joined()
            // docker lists nothing without the file; the containers run all the same.
            try? TextFile.replace(path, with: lines)
        }
    }

    /// The table as it was last written out.
    static func written() -> [Container] {
        ((try? TextFile.text(of: path)) ?? "").split(separator: "\n").compactMap(Container.init(line:))
    }
}

extension ContainerTable.Container {
    init(name: String, image: String, port: UInt16?) {
        let id = String(UInt64.random(in: 0..<(1 << 48)), radix: 16).leftPadded(to: 12)
        self.init(id: id, name: name, image: image, port: port)
    }

    fileprivate init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4 else { return nil }
        self.init(id: fields[0], name: fields[1], image: fields[2], port: UInt16(fields[3]))
    }

    fileprivate var line: String { "\(id)\t\(name)\t\(image)\t\(port.map(String.init) ?? "")\n" }
}
