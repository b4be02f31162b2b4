import HostFiles

/// An unsigned number, as JSON's or as a decimal string: `etcdctl -w json` and the gateway differ.
struct SpelledUInt64: Decodable {
    var value: UInt64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(UInt64.self) {
            self.value = value
            return
        }
        let text = try container.decode(String.self)
        guard let value = text[...].decimal(as: UInt64.self) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text.debugDescription) is no unsigned 64-bit number")
        }
        self.value = value
    }
}
