import RolloutModel

/// How hosts are reached, found by their name.
package struct AddressBook: Sendable {
    private let addresses: [HostID: Configuration.HostAddress]

    package init(_ configuration: Configuration) {
        addresses = Dictionary(
            configuration.hosts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// As configured, or as its name alone says: a rollout that is resumed may be about hosts that were named as
    /// arguments.
    package subscript(id: HostID) -> Configuration.HostAddress {
        addresses[id] ?? HostSpecification(id.rawValue).map(Configuration.HostAddress.init)
            ?? Configuration.HostAddress(id: id)
    }
}
