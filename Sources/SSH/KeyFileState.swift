import Glibc

/// The state of a key's file, which decides whether it counts for a login.
public enum KeyFileState: Hashable, Sendable {
    case usable
    case missing
    /// Users other than its owner can read the file, so that it does not count; with its mode.
    case open(mode: UInt32)
    /// In the system's words.
    case unreadable(String)

    private static let bytesMax = 1 << 20

    /// Blocks on local files.
    public init(path: String) {
        switch LocalFile.read(path, bytesMax: Self.bytesMax) {
        case .failure(let fault): self = fault.code == ENOENT ? .missing : .unreadable(fault.description)
        case .success(let text):
            // A public key names one that the agent has.
            let mode = PublicKeyFile.line(text) == nil ? LocalFile.opennessToOthers(path) : nil
            self = mode.map { .open(mode: UInt32($0)) } ?? .usable
        }
    }
}
