import AgentProtocol
import Logging

extension Step {
    /// The contents of the other partition, for the gates before the reboot. Parts that cannot be read are reported as
    /// unreadable; staging goes on without them.
    func contents(_ version: String, on table: PartitionTable) async -> PartitionContents {
        do {
            let unit = try await reader.etcdUnit(in: reader.states(of: WatchedUnits.etcd))
            return try await otherPartition.contents(on: table.other.device, of: version, for: unit)
        } catch {
            logger.notice("the staged partition could not be looked into", metadata: ["reason": "\(error)"])
            return PartitionContents(
                version: version,
                unreadable: [Unreadable(subject: Unreadable.stagedPartition, reason: "\(error)")])
        }
    }
}
