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

/// A boot of a host. Differs after every reboot; says nothing about order.
public struct BootID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// `VERSION_ID` of an image, for example `1409.7.0`. The machine only ever asks whether two are the same.
public struct Version: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}
