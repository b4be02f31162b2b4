import RolloutModel
import Rollouts

extension HostFault {
    /// Names files of an inventory that may say how the host is reached, where it is not.
    ///
    /// - Parameter vaultedFiles: encrypted by ansible-vault.
    package func naming(vaultedFiles: [String]) -> HostFault {
        guard kind == .unreachable, detail != .sshSettings, !vaultedFiles.isEmpty else { return self }
        var fault = self
        fault.why = ForeignText.line(
            why + ". Its inventory may say more of how it is reached in "
                + vaultedFiles.map { "'\($0)'" }.joined(separator: ", ")
                + ", encrypted by ansible-vault, which turnstile does not read")
        return fault
    }
}
