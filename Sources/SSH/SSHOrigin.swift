/// Where a connection may come from, and to which kind of address it may go.
public struct SSHOrigin: Hashable, Sendable {
    /// The kinds of addresses (`AddressFamily` of ssh_config).
    public enum Family: String, Hashable, Sendable {
        case any, inet, inet6
    }

    public var family: Family
    /// An address of this machine, in numbers (`BindAddress` of ssh_config); nil leaves the choice to the system.
    public var address: String?
    /// The name of a network interface of this machine (`BindInterface` of ssh_config), which gives the address where
    /// none is said.
    public var interface: String?

    public init(family: Family = .any, address: String? = nil, interface: String? = nil) {
        self.family = family
        self.address = address
        self.interface = interface
    }
}
