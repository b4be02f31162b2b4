/// A machine as fleet's registry has it.
public struct PlatformMachine: Codable, Hashable, Sendable {
    public var id: MachineID
    /// The address at which the others reach it; nil where fleet was told none.
    public var address: String?

    public init(id: MachineID, address: String?) {
        self.id = id
        self.address = address
    }
}
