import RolloutModel
import Rollouts

extension HostCommandResult {
    /// Why a command did not get to run as root, by sudo's own words; nil where sudo did not complain.
    func rootTrouble(on host: HostID) -> HostFault? {
        guard exitStatus != 0 else { return nil }
        let lines = String(decoding: errors.prefix(4000), as: UTF8.self).split(separator: "\n")
        for line in lines {
            guard let kind = Self.sudoWords.first(where: { line.contains($0.words) })?.kind else { continue }
            let said = String(
                line.unicodeScalars.map { 32...126 ~= $0.value ? Character($0) : "?" }.prefix(200))
            return HostFault(
                host: host, kind: kind, why: "\(kind.plainWords ?? "sudo failed there"): '\(said)'")
        }
        return nil
    }

    /// sudo 1.8 to 1.9, and the shells that do not find it.
    private static let sudoWords: [(words: String, kind: HostFault.Kind)] = [
        ("a password is required", .sudoNeedsPassword), ("no tty present and no askpass", .sudoNeedsPassword),
        ("a terminal is required to read the password", .sudoNeedsPassword),
        ("you must have a tty to run sudo", .sudoNeedsTTY),
        ("not in the sudoers file", .sudoForbidden), ("may not run sudo", .sudoForbidden),
        ("is not allowed to execute", .sudoForbidden), ("is not allowed to run sudo", .sudoForbidden),
        ("sudo: command not found", .sudoMissing), ("sudo: not found", .sudoMissing),
        ("unknown command: sudo", .sudoMissing), ("command not found: sudo", .sudoMissing),
    ]
}
