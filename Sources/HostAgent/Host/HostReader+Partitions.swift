import AgentProtocol
import HostFiles

extension HostReader {
    /// The two USR partitions, with their attributes as they are now.
    func partitionTable() async throws(HostFault) -> PartitionTable {
        try await partitionReading().table
    }

    /// With what cgpt says against the table, which it reads all the same.
    func partitionReading() async throws(HostFault) -> (table: PartitionTable, warning: String?) {
        let rootdev = HostCommand("rootdev", ["-s", "/usr"])
        let output = try await effects.succeed(rootdev).output
        let device = try understood(rootdev.description) { () throws(MalformedText) in
            try PartitionDevice(rootdev: output)
        }
        return try await partitionReading(booted: device)
    }

    /// The same, where the partition that runs is known: within a boot it stays the same.
    func partitionTable(running booted: PartitionTable.Partition) async throws(HostFault) -> PartitionTable {
        let device = try understood(booted.device) { () throws(MalformedText) in
            try PartitionDevice(path: booted.device)
        }
        return try await partitionReading(booted: device).table
    }

    private func partitionReading(
        booted: PartitionDevice
    ) async throws(HostFault) -> (table: PartitionTable, warning: String?) {
        let show = HostCommand("cgpt", ["show", booted.disk])
        let outcome = try await effects.succeed(show)
        let table = try understood(show.description) { () throws(MalformedText) in
            try CgptTable(outcome.output)
        }
        guard let running = table[booted.number] else {
            throw .notUnderstood(
                subject: show.description, reason: "it has no partition \(booted.number), which is running")
        }
        guard let otherLabel = Self.labelPairs[running.label], let other = table[label: otherLabel] else {
            throw .notUnderstood(
                subject: show.description,
                reason:
                    "no partner of \(running.label.debugDescription) among \(table.partitions.map(\.label))")
        }
        return (
            PartitionTable(
                disk: booted.disk, booted: try await partition(running, on: booted),
                other: try await partition(other, on: booted)),
            CgptWarning.of(errors: outcome.errors, table: table)
        )
    }

    private static let labelPairs = ["USR-A": "USR-B", "USR-B": "USR-A"]

    private func partition(_ row: CgptTable.Partition, on booted: PartitionDevice) async throws(HostFault)
        -> PartitionTable.Partition
    {
        // The path is derived: what `cgpt find` prints is wrong for some disks (facts 0.37).
        let device = try understood("partition \(row.number)") { () throws(MalformedText) in
            try booted.sibling(number: row.number)
        }
        let attributes =
            if let shown = row.attributes { shown } else { try await attributes(of: device) }
        return PartitionTable.Partition(
            number: row.number, label: row.label, device: device.path, priority: attributes.priority,
            tries: attributes.tries, successful: attributes.successful)
    }

    /// Reads the attributes one by one, for a cgpt that shows none in its table.
    private func attributes(of device: PartitionDevice) async throws(HostFault) -> PartitionAttributes {
        var values: [CgptField: String] = [:]
        for field in [CgptField.priority, .tries, .successful] {
            let show = HostCommand("cgpt", ["show", "-i", "\(device.number)", field.flag, device.disk])
            values[field] = try await effects.succeed(show).output
        }
        return try understood("the attributes of \(device)") { () throws(MalformedText) in
            try PartitionAttributes(
                priority: values[.priority] ?? "", tries: values[.tries] ?? "",
                successful: values[.successful] ?? "")
        }
    }
}
