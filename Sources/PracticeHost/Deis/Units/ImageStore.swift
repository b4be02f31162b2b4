import Synchronization

/// The images that docker has on this host: a file with one name a line, which outlives a reboot.
final class ImageStore: Sendable {
    static let path = "/var/lib/deis/images"

    private let path: String
    private let turn = Mutex(())

    init(path: String = path) { self.path = path }

    var all: [String] {
        ((try? TextFile.text(of: path)) ?? "").split(separator: "\n").map(String.init)
    }

    func has(_ image: String) -> Bool { all.contains(image) }

    func add(_ image: String) throws {
        try turn.withLock { _ in
            let images = Set(all).union([image]).sorted()
            try TextFile.replace(path, with: images.map { $0 + "\n" }.joined())
        }
    }
}
