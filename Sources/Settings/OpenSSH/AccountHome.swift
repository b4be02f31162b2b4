import Glibc

/// The home directories of this machine's accounts.
enum AccountHome {
    /// More than any entry of /etc/passwd takes.
    private static let entryBytesMax = 1 << 16

    /// - Returns: nil where there is no such account.
    static func path(of account: String) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: entryBytesMax)
        // The path is read while the buffer that it stands in is there.
        return buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress,
                getpwnam_r(account, &entry, start, buffer.count, &found) == 0, found != nil
            else { return nil }
            return entry.pw_dir.map { String(cString: $0) }
        }
    }
}
