import Synchronization

/// The reason why a stream of bytes ended, told by whoever carried it. Without one, only the end itself is known.
final class StreamFate: Sendable {
    private let told = Mutex<String?>(nil)

    var why: String? { told.withLock { $0 } }

    /// The first reason counts: later ones follow from it.
    func tell(_ why: String) { told.withLock { $0 = $0 ?? why } }
}
