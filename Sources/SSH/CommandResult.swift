/// How a remote command ended.
public enum CommandExit: Hashable, Sendable {
    /// The command's exit status. libssh2 reports 0 for a server that closes the channel without naming one; OpenSSH
    /// always does.
    case status(Int32)
    /// The signal that ended it, without `SIG`: `TERM`, `KILL`.
    case signal(String)

    public var isSuccess: Bool { self == .status(0) }
}

public struct CommandResult: Hashable, Sendable {
    public var stdout: [UInt8]
    public var stderr: [UInt8]
    public var exit: CommandExit

    public init(stdout: [UInt8], stderr: [UInt8], exit: CommandExit) {
        self.stdout = stdout
        self.stderr = stderr
        self.exit = exit
    }
}

/// A piece of output in the order it was read; not a line.
public enum OutputChunk: Hashable, Sendable {
    case stdout([UInt8])
    case stderr([UInt8])
}

/// The promise of an upload beyond its success.
public struct UploadResult: Hashable, Sendable {
    /// True if the SFTP server flushed the content on request (`fsync@openssh.com`). If not, the `sync` that
    /// follows the rename is what the content rests on.
    public var isFlushedByServer: Bool
}
