import Synchronization

/// The end of what a program wrote on standard error, made safe to print on one line.
final class LastWords: Sendable {
    private let bytesMax: Int
    private let bytes = Mutex<[UInt8]>([])

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    func take(_ more: UnsafeRawBufferPointer) {
        bytes.withLock { $0 = ($0 + more).suffix(bytesMax) }
    }

    /// `: ` and the last line; empty if nothing was written.
    var suffix: String {
        let line = bytes.withLock { $0.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.last }
        return line.map { ": " + Transport.text($0) } ?? ""
    }
}
