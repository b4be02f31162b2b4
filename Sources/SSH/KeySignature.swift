/// A signature as SSH writes it: the algorithm, and the signature proper.
struct KeySignature: Hashable, Sendable {
    let algorithm: String
    let bytes: [UInt8]

    /// - Returns: nil for what is none.
    init?(_ blob: [UInt8]) {
        var reader = WireReader(blob)
        guard let name = reader.string(), (1...64).contains(name.count),
            name.allSatisfy({ (33...126).contains($0) }), let bytes = reader.string(), reader.isAtEnd
        else { return nil }
        self.algorithm = String(decoding: name, as: UTF8.self)
        self.bytes = bytes
    }
}
