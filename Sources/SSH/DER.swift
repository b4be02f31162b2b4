/// As much of ASN.1 as OpenSSL wants of keys and signatures.
enum DER {
    /// - Parameter integers: each as SSH writes it, which is as DER does.
    static func sequence(ofIntegers integers: [[UInt8]]) -> [UInt8] {
        sequence(integers.map { element(0x02, $0) })
    }

    static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(0x30, elements.flatMap { $0 }) }

    static func objectIdentifier(_ bytes: [UInt8]) -> [UInt8] { element(0x06, bytes) }

    /// Of whole bytes.
    static func bitString(_ bytes: [UInt8]) -> [UInt8] { element(0x03, [0] + bytes) }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(truncatingIfNeeded: count)] }
        let digits = (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }.drop { $0 == 0 }
        return [0x80 | UInt8(truncatingIfNeeded: digits.count)] + digits
    }
}
