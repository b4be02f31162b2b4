/// Zincati at work on a host: the agent of Fedora CoreOS, which updates its host and reboots it, also by turns that a
/// FleetLock server gives.
public struct RebooterCheck: Hashable, Sendable {
    public var host: HostID
    /// The base URL of the FleetLock server; nil if it asks none.
    public var fleetLock: String?

    public init(host: HostID, fleetLock: String?) {
        self.host = host
        self.fleetLock = fleetLock
    }

    public var finding: Checkup.Finding {
        let turns = fleetLock.map { ", by turns of the FleetLock server \($0)" } ?? ""
        return .fault(
            .reboots, .host(host), "zincati.service is active and reboots the host by itself\(turns)",
            fix: [
                "stop it for good on '\(host)':",
                "\(run: "sudo systemctl mask --now zincati.service", on: host, asRoot: true)",
            ])
    }
}
