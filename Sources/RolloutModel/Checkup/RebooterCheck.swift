/// Zincati at work on a host: the agent of Fedora CoreOS, which updates its host and reboots it, also by turns that a
/// FleetLock server gives.
public struct RebooterCheck: Hashable, Sendable {
    public var host: HostID
    public var zincati: Zincati

    public enum Zincati: Hashable, Sendable {
        /// The base URL of the FleetLock server; nil if it asks none.
        case active(fleetLock: String?)
        /// systemd told nothing of it.
        case untold
    }

    public init(host: HostID, _ zincati: Zincati) {
        self.host = host
        self.zincati = zincati
    }

    public var finding: Checkup.Finding {
        switch zincati {
        case .active(let fleetLock):
            let turns = fleetLock.map { ", by turns of the FleetLock server \($0)" } ?? ""
            return .fault(
                .reboots, .host(host), "zincati.service is active and reboots the host by itself\(turns)",
                fix: [
                    "stop it for good on '\(host)':",
                    "\(run: "sudo systemctl mask --now zincati.service", on: host, asRoot: true)",
                ])
        case .untold:
            return .warning(
                .reboots, .host(host),
                "systemd told nothing of zincati.service, which may reboot the host by itself",
                fix: ["see on '\(host)':", "\(run: "systemctl status zincati.service", on: host)"])
        }
    }
}
