import CLibSSH2

/// A number of a private key, in OpenSSL's form; wiped when it goes.
final class BigNumber {
    /// Of the longest RSA modulus that OpenSSL takes, and a sign.
    private static let bytesMax = (16 << 10) / 8 + 1

    let pointer: OpaquePointer

    /// - Parameter bytes: the most significant first.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.bytesMax, let count = Int32(exactly: bytes.count),
            let pointer = BN_bin2bn(bytes, count, nil)
        else { return nil }
        self.pointer = pointer
    }

    /// - Parameter pointer: freed with this.
    init(taking pointer: OpaquePointer) { self.pointer = pointer }

    deinit { BN_clear_free(pointer) }

    /// The number's remainder after division by a prime less one.
    func exponent(of prime: BigNumber) -> BigNumber? {
        guard let context = BN_CTX_secure_new() else { return nil }
        defer { BN_CTX_free(context) }
        guard let divisor = BN_new().map(BigNumber.init(taking:)),
            let remainder = BN_new().map(BigNumber.init(taking:)),
            BN_sub(divisor.pointer, prime.pointer, BN_value_one()) == 1,
            BN_div(nil, remainder.pointer, pointer, divisor.pointer, context) == 1
        else { return nil }
        return remainder
    }

    /// As SSH writes it (RFC 4251 section 5), without its length; it is not negative.
    var wireBytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(pointer)) + 7) / 8)
        _ = BN_bn2bin(pointer, &bytes)
        return (bytes.first ?? 0) & 0x80 == 0 ? bytes : [0] + bytes
    }
}
