#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

enum StandardError {
    static func write(_ text: String) { writeAll(text, to: STDERR_FILENO) }
}

enum StandardOutput {
    static func write(_ text: String) { writeAll(text, to: STDOUT_FILENO) }
}

/// Writes without a buffer, so that a reader sees a line as soon as it is written. A failure cannot be reported to
/// anybody.
private func writeAll(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
    }
}
