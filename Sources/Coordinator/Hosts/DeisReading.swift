import ClusterAnswers
import RolloutModel
import Rollouts

/// Deis' components as one host's deisctl lists them. Deis' own user-data puts it into /opt/bin.
struct DeisReading: Sendable {
    var shell: HostShell

    /// - Returns: nil where the host is none of Deis': its user-data writes /etc/deis-release (facts 9.2).
    func components(seenBy host: HostID) async throws(HostFault) -> DeisComponents? {
        let result = try await shell.run(
            host,
            HostCommand(
                """
                if [ -e /etc/deis-release ]; then PATH=$PATH:/opt/bin deisctl list; else echo @none; fi
                """))
        if result.exitStatus == 0, result.outputText == "@none\n" { return nil }
        guard result.exitStatus == 0 else {
            // deisctl tells errors on its standard output.
            let said = result.outputText.split(separator: "\n").first.map { ", \($0.prefix(200))" } ?? ""
            throw HostFault(host: host, kind: .commandFailed, why: "deisctl list: \(result.ending)\(said)")
        }
        do {
            let entries = try DeisUnitList(result.outputText).entries
            return DeisComponents(
                running: Dictionary(
                    entries.filter(\.isUp).map { ($0.unit, 1) }, uniquingKeysWith: +),
                listed: Set(entries.map(\.unit)))
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
        }
    }
}
