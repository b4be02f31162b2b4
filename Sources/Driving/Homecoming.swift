import AgentProtocol
import RolloutModel

/// What a report says of a host that is waited for to be on another boot.
enum Homecoming {
    case back(RolloutMachine.Event)
    case sameBoot
    /// Not enough to judge it by; the next report may be.
    case unclear(String)

    init(_ report: HostReport, of machine: MachineID?, from boot: BootID) {
        if let machine, machine.rawValue != report.machineID {
            // A name that leads elsewhere for a moment is no host that came back elsewhere.
            self = .unclear("another machine answers to its name: machine-id \(report.machineID)")
        } else if report.bootID == boot.rawValue {
            self = .sameBoot
        } else if let version = report.version, let partitions = report.partitions {
            self = .back(
                .returned(
                    boot: BootID(report.bootID), version: Version(version),
                    partition: partitions.booted.label))
        } else {
            let why =
                report.unreadable.map { "\($0.subject): \($0.reason)" }.first ?? "its agent does not say why"
            self = .unclear("it is back, and which version it runs from where cannot be read yet: \(why)")
        }
    }
}
