import CLibSSH2

/// A file being written by SFTP, confined to its session. The methods are steps, which return nil while they would
/// block.
struct SFTPFile {
    let sftp: OpaquePointer
    let bytes: [UInt8]
    let mode: UInt16
    private var handle: OpaquePointer?
    private var written = 0
    private(set) var isFlushed = false

    /// The number of bytes that are sent before the first answer is awaited; libssh2 splits them into packets.
    private static let batchBytes = 256 << 10

    init(sftp: OpaquePointer, bytes: [UInt8], mode: UInt16) {
        self.sftp = sftp
        self.bytes = bytes
        self.mode = mode
    }

    mutating func open(
        _ path: String, _ session: isolated Session, _ library: OpaquePointer, _ patience: Patience
    ) throws(SSHError) -> Void? {
        // The file is private until it has its content and its mode, and is never somebody else's file.
        let flags = LIBSSH2_FXF_WRITE | LIBSSH2_FXF_CREAT | LIBSSH2_FXF_EXCL
        handle = libssh2_sftp_open_ex(
            sftp, path, UInt32(path.utf8.count), UInt(flags), 0o600, LIBSSH2_SFTP_OPENFILE)
        if handle != nil { return () }
        return try check(libssh2_session_last_errno(library), "create '\(path)'", session, patience)
    }

    mutating func write(_ session: isolated Session, _ patience: Patience) throws(SSHError) -> Void? {
        while written < bytes.count {
            // libssh2 requires the same bytes again after "would block"; `written` has not moved, so they are the same.
            let count = bytes[written...].withUnsafeBytes {
                libssh2_sftp_write(
                    handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                    min($0.count, Self.batchBytes))
            }
            guard count > 0 else { return try check(Int32(clamping: count), "write", session, patience) }
            written += count
        }
        return ()
    }

    func setMode(_ session: isolated Session, _ patience: Patience) throws(SSHError) -> Void? {
        var attributes = LIBSSH2_SFTP_ATTRIBUTES()
        attributes.flags = UInt(LIBSSH2_SFTP_ATTR_PERMISSIONS)
        attributes.permissions = UInt(mode)
        return try check(libssh2_sftp_fstat_ex(handle, &attributes, 1), "set the mode", session, patience)
    }

    mutating func flush(_ session: isolated Session, _ patience: Patience) throws(SSHError) -> Void? {
        let code = libssh2_sftp_fsync(handle)
        if code == LIBSSH2_ERROR_SFTP_PROTOCOL,
            libssh2_sftp_last_error(sftp) == UInt(LIBSSH2_FX_OP_UNSUPPORTED)
        {
            return ()
        }
        guard try check(code, "flush", session, patience) != nil else { return nil }
        isFlushed = true
        return ()
    }

    mutating func close(_ session: isolated Session, _ patience: Patience) throws(SSHError) -> Void? {
        try check(libssh2_sftp_close_handle(handle), "close", session, patience)
    }

    private func check(
        _ code: Int32, _ step: String, _ session: isolated Session, _ patience: Patience
    ) throws(SSHError) -> Void? {
        if code == LIBSSH2_ERROR_EAGAIN { return nil }
        guard code != 0 else { return () }
        let why = code == LIBSSH2_ERROR_SFTP_PROTOCOL ? Self.words(libssh2_sftp_last_error(sftp)) : "libssh2"
        throw session.failure(
            patience.operation, code: code, or: .uploadFailed(step: step, why: why))
    }

    /// The status codes of draft-ietf-secsh-filexfer-02 section 7.
    private static func words(_ status: UInt) -> String {
        switch status {
        case LIBSSH2_FX_NO_SUCH_FILE: "no such file or directory"
        case LIBSSH2_FX_PERMISSION_DENIED: "permission denied"
        case LIBSSH2_FX_FAILURE: "failure (the disk may be full)"
        case LIBSSH2_FX_OP_UNSUPPORTED: "not supported"
        case let other: "SFTP status \(other)"
        }
    }
}
