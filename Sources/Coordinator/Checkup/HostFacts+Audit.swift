import HostFiles
import RolloutModel

extension HostFacts {
    /// The facts that an audit tells, for a host without an agent; nil if the host did not say which machine, boot and
    /// version it is.
    init?(_ audit: HostAudit) {
        guard let machine = audit.machineID, let boot = audit.bootID, let version = audit.version,
            !machine.isEmpty, !boot.isEmpty
        else { return nil }
        let partitions = audit.partitions
        let other = partitions.flatMap { $0.otherIsNext == true && $0.otherIsArmed != true ? $0 : nil }
        self.init(
            machine: MachineID(machine), boot: BootID(boot), version: Version(version),
            distribution: audit.distribution.flatMap { Distribution(rawValue: $0) },
            committed: partitions.flatMap { partitions in
                partitions.attributes == nil ? nil : partitions.isMarkedGood
            },
            updatePending: audit.updatePending == true || partitions?.otherIsArmed == true,
            otherIsNext: other.map { $0.otherAttributes ?? "it comes first" }, damagedTable: nil,
            oddSettings: audit.oddSettings ?? [], claimedBy: nil, holder: nil,
            hazards: Self.locksmith(audit.locksmith), revertedFrom: audit.revertedFrom.map { Version($0) },
            partition: partitions?.booted, otherPartition: nil, etcdBefore: nil, etcd: nil, contents: nil,
            otherWasTriedInVain: partitions?.otherWasTriedInVain ?? false, engineOperation: nil, cgroups: nil,
            space: [], clock: nil, settings: nil, units: nil, untold: [:])
    }

    private static func locksmith(_ unit: HostAudit.Locksmith?) -> [HostHazard] {
        guard let unit, unit.activeState == "active" || unit.activeState == "activating" else { return [] }
        let strategy = unit.strategy.map { " with strategy \($0)" } ?? ""
        return [
            HostHazard(
                kind: .rebootsByItself, unit: "locksmithd.service",
                message: """
                    locksmithd.service is active\(strategy): it would reboot this host as soon as an update is staged; \
                    set REBOOT_STRATEGY=off in update.conf and restart it, or stop it
                    """)
        ]
    }
}

extension HostAudit.Partitions {
    /// `isCommitted` is false also where only the next boot goes elsewhere, which is told apart.
    fileprivate var isMarkedGood: Bool { isCommitted == true || otherIsNext == true }
}
