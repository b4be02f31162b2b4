import CLibSSH2

/// The libssh2 that this program runs with.
public enum SSHLibrary {
    /// For example `1.10.0`.
    public static let version = libssh2_version(0).map { String(cString: $0) } ?? "of unknown version"

    /// True if libssh2 is 1.11 or later: the first with certificates, hardware keys, RSA by SHA-2 of its own and MACs over
    /// ciphertext.
    public static let isModern = libssh2_version(0x01_0b_00) != nil
}
