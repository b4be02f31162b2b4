import HostFiles
import RolloutModel

/// What a host answered to the audit's fragment, and whether it is an answer: anything may stand behind a login.
struct AuditAnswer {
    /// A whole answer is a few KiB.
    static let bytesMax = 256 << 10

    private let result: HostCommandResult
    private let text: String

    init(_ result: HostCommandResult) {
        self.result = result
        text = Self.printable(result.output)
    }

    func audit(of host: HostID) -> HostAudit {
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
        if text.contains("\n" + AuditFragment.marker + "end") { return nil }
        if text.contains("\n" + AuditFragment.marker) {
            return
                "its answer was cut short: \(result.ending). Try again; if it stays so, look at the host's journal"
        }
        let line = text.split(separator: "\n").first?.prefix(80) ?? ""
        let said = line.isEmpty ? "" : ", and it said \(line.debugDescription)"
        return "the login shell there does not run POSIX sh text: \(result.ending)\(said). "
            + "Give the user a login shell, or log in as another: --user"
    }

    /// As text, with a replacement for whatever a terminal would obey.
    private static func printable(_ bytes: [UInt8]) -> String {
        let isPlain = bytes.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !isPlain else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" ? "\u{FFFD}" : $0
                }))
    }
}
