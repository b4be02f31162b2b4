import Synchronization

/// The images that docker has on this host: a file with one name a line, which outlives a reboot.
final class ImageStore: Sendable {
    static let directory = "/var/lib/deis"
    static let path = directory + "/images"

    private let turn = Mutex(())

    var all: [String] {
        ((try? TextFile.text(of: Self.path)) ?? "").split(separator: "\n").map(String.init)
    }

    func has(_ image: String) -> Bool { all.contains(image) }

    func add(_ image: String) throws {
        try turn.withLock { _ in
            try TextFile.makeDirectory(Self.directory)
            let images = Set(all).union([image]).sorted()
            try TextFile.replace(
                Self.path, with: images.map { $0 + "\n" }.joined())
        }
    }
}
