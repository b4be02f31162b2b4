import Foundation

extension PracticeCluster {
    func bootID(of host: String) async throws -> String {
        try await onHost(host, "cat /proc/sys/kernel/random/boot_id")
    }

    /// As an operator would by hand; back when the host answers again.
    func reboot(_ host: String) async throws {
        let before = try await bootID(of: host)
        // The connection may go down with the host before it has an exit status.
        _ = try? await onHost(host, "systemctl --no-block reboot")
        try await awaitOtherBoot(of: host, than: before)
    }

    /// - Throws: `Failure` with what the host's firmware and console said, where it does not answer from another boot.
    func awaitOtherBoot(of host: String, than before: String) async throws {
        try await until("another boot of \(host)", on: host) {
            let now = try? await bootID(of: host)
            return now == nil || now == before ? nil : try await isReached(host) ? () : nil
        }
    }
}
