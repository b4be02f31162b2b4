/// A name made of one string. Each kind of name is its own type, so that none is taken for another.
public protocol Identifier: RawRepresentable<String>, Codable, Hashable, Sendable, Comparable,
    CustomStringConvertible
{
    init(rawValue: String)
}

extension Identifier {
    public init(_ text: String) { self.init(rawValue: text) }
    public var description: String { rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A host as the operator names it: in the configuration, in every message, in the journal.
public struct HostID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// `/etc/machine-id`; fleet lists hosts by it (facts 5.2).
public struct MachineID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// One boot of one host. Differs after every reboot; says nothing about order.
public struct BootID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// One run of moving a set of hosts to a target, for example `r-20261124-071205-4f1c`.
public struct RolloutID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// `VERSION_ID` of an image, for example `1409.7.0`. The machine only ever asks whether two are the same.
public struct Version: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An etcd member's id, 16 hexadecimal digits as etcd prints it.
public struct EtcdMemberID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Seconds on the coordinator's monotonic clock. Wall-clock time is for people and decides nothing.
public typealias Moment = Double
