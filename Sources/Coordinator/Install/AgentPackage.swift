import Digest

/// The files that are put on a host: the agent and its unit, with their digests.
public struct AgentPackage: Sendable {
    public var agent: [UInt8]
    public var agentDigest: String
    /// As the host's `uname -m` must say; nil fits any.
    public var machine: String?
    public var unit: [UInt8]
    public var unitDigest: String

    public init(agent: [UInt8], machine: String?, unit: [UInt8] = AgentPackage.unit) {
        self.agent = agent
        agentDigest = SHA256.hexDigest(agent)
        self.machine = machine
        self.unit = unit
        unitDigest = SHA256.hexDigest(unit)
    }

    /// - Throws: `StaticProgram.Unfit` for anything but a program that runs on any image of a host's machine.
    public init(program bytes: [UInt8]) throws(StaticProgram.Unfit) {
        self.init(agent: bytes, machine: try StaticProgram(bytes).machine.rawValue)
    }

    /// `units/turnstile-agent.service`, as this program was built with it.
    public static var unit: [UInt8] { PackageResources.turnstile_agent_service }
}
