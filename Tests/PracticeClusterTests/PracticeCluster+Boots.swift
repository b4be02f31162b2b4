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

    /// - Throws: `Failure` with what the host's firmware and console said, where it does not answer from another boot
    ///   within two minutes.
    func awaitOtherBoot(of host: String, than before: String) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            if let now = try? await bootID(of: host), now != before { return }
            try await Task.sleep(for: .milliseconds(500))
        }
        throw Failure(what: "\(host) did not come back: \(try await lastWords(of: host))")
    }

    private func lastWords(of host: String) async throws -> String {
        let directory = "\(directory)/hosts/\(host.split(separator: "-").last ?? "")"
        return try await run(
            "/usr/bin/tail", ["-n", "20", "\(directory)/boot.log", "\(directory)/console.log"]
        ).output
    }
}
