/// A unit of Deis that fleet is to run, from its registry.
public struct PlatformJob: Hashable, Sendable {
    public var unit: PlatformUnit
    /// The goal that fleet is to bring the unit to.
    public var goal: Goal
    /// The machine that fleet chose; nil for a global unit, and for one that has no place.
    public var machine: MachineID?
    /// etcd's index of the write that made the job. The index rises with each installation of the unit.
    public var index: UInt64

    public init(unit: PlatformUnit, goal: Goal, machine: MachineID? = nil, index: UInt64 = 0) {
        self.unit = unit
        self.goal = goal
        self.machine = machine
        self.index = index
    }

    public enum Goal: String, Codable, Hashable, Sendable {
        case launched, loaded, inactive
    }
}

/// The state of a unit on one machine, as that machine's fleet told last.
public struct PlatformUnitState: Hashable, Sendable {
    public var unit: PlatformUnit
    public var machine: MachineID
    /// systemd's active and sub states: `active` and `running`.
    public var active: String
    public var sub: String

    public init(unit: PlatformUnit, machine: MachineID, active: String, sub: String) {
        self.unit = unit
        self.machine = machine
        self.active = active
        self.sub = sub
    }

    public var isRunning: Bool { active == "active" && sub == "running" }
    /// True if no process of the unit is left. A unit that failed has none either.
    public var isDead: Bool { (active == "inactive" && sub == "dead") || active == "failed" }
    /// True if the unit failed, or is started over and over.
    public var isFailing: Bool { active == "failed" || sub == "auto-restart" }

    /// The state in words: `router@1 on 9dfb60e0: active/running`.
    var shown: String { "\(unit) on \(machine.rawValue.prefix(8)): \(active)/\(sub)" }
}
