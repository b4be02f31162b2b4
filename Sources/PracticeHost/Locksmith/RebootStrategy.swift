/// The act of locksmithd once an update waits for a reboot (facts 8).
enum RebootStrategy: Hashable, Sendable {
    case reboot
    case etcdLock
    /// The lock where etcd runs, else a reboot; known until 2017.
    case bestEffort
    case off

    /// - Parameter value: `REBOOT_STRATEGY` as systemd handed it over; unset it means a reboot.
    /// - Returns: nil for a word that locksmithd does not know, which ends it.
    init?(_ value: String?) {
        switch value {
        case nil, "", "reboot": self = .reboot
        case "etcd-lock": self = .etcdLock
        case "best-effort": self = .bestEffort
        case "off": self = .off
        default: return nil
        }
    }

    var locks: Bool {
        switch self {
        case .etcdLock, .bestEffort: true
        case .reboot, .off: false
        }
    }

    var name: String {
        switch self {
        case .reboot: "reboot"
        case .etcdLock: "etcd-lock"
        case .bestEffort: "best-effort"
        case .off: "off"
        }
    }
}
