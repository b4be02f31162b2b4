import AgentProtocol
import RolloutModel

/// The state of a host that is expected to come up in another boot, by its agent's report.
enum Homecoming {
    case back(RolloutMachine.Event)
    case sameBoot
    /// The report does not tell enough; the next one may.
    case unclear(String)

    init(_ report: HostReport, of machine: MachineID?, from boot: BootID) {
        if let machine, machine.rawValue != report.machineID {
            // The name may lead to another machine for a moment only.
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
