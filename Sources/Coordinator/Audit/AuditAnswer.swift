import HostFiles
import RolloutModel

/// A host's answer to the audit's fragment, and whether it is an answer: anything may stand behind a login.
package struct AuditAnswer {
    /// A whole answer is a few KiB.
    static let bytesMax = 256 << 10

    private let result: HostCommandResult
    private let text: String

    package init(_ result: HostCommandResult) {
        self.result = result
        text = ForeignText.settings(String(decoding: result.output, as: UTF8.self))
    }

    package func audit(of host: HostID) -> HostAudit {
        if let fault { return HostAudit(host: host, fault: fault) }
        do {
            return try HostAudit(host: host, output: text)
        } catch {
            return HostAudit(
                host: host,
                fault: "\(error). Without it nobody can say what the host runs; look: "
                    + "ssh \(host) cat /etc/os-release")
        }
    }

    /// Why this is no answer, or not the whole of one.
    private var fault: String? {
        let lines = result.output.split(separator: UInt8(ascii: "\n"))
        let end = Array("\(AuditFragment.marker)end".utf8)
        if lines.contains(where: { $0.elementsEqual(end) }) { return nil }
        if lines.contains(where: { $0.starts(with: AuditFragment.marker.utf8) }) {
            return
                "its answer was cut short: \(result.ending). Try again; if it stays so, look at the host's journal"
        }
        let line = text.split(separator: "\n").first?.prefix(80) ?? ""
        let said = line.isEmpty ? "" : ", and it said \(line.debugDescription)"
        return "the login shell there does not run POSIX sh text: \(result.ending)\(said). "
            + "Give the user a login shell, or log in as another: --user"
    }
}
