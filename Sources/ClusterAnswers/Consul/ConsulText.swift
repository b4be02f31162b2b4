import HostFiles

/// Names and addresses in Consul's answers.
enum ConsulText {
    /// Consul takes any text for a name.
    static let nameCharactersMax = 128

    static func name(_ text: String, of subject: MalformedText.Subject) throws(MalformedText) -> String {
        let name = ForeignText.line(text, charactersMax: nameCharactersMax)
        guard !name.isEmpty else { throw .missing(subject, "a name") }
        return name
    }

    static func address(
        _ text: String, of subject: MalformedText.Subject
    ) throws(MalformedText) -> IPAddress {
        guard let address = IPAddress(text) else {
            throw .unexpected(subject, found: text, expected: "an address")
        }
        return address
    }
}

/// The place at which the others reach a server of Consul.
public struct ConsulPlace: Hashable, Sendable {
    public var address: IPAddress
    public var port: UInt16

    init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// `10.0.0.1:8300`, `[fd00::1]:8300`; nil for any other text.
    init?(_ text: String) {
        guard let place = EtcdAddress("http://" + text), let port = place.port,
            let address = IPAddress(place.host)
        else { return nil }
        self.init(address: address, port: port)
    }
}
