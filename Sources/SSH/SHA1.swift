import CLibSSH2

/// A SHA-1 digest. Two formats prescribe SHA-1: `HashKnownHosts` lines are HMAC-SHA1 of the host's name, and a key
/// revocation list may name keys by SHA-1. The first only hides names, and the second can only refuse keys.
struct SHA1Digest: Hashable, Sendable {
    static let byteCount = 20

    private var words: SIMD8<UInt32>

    /// - Returns: nil for anything but 20 bytes.
    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        words = SIMD8(repeating: 0)
        for (index, byte) in bytes.enumerated() { words[index / 4] = words[index / 4] << 8 | UInt32(byte) }
    }

    init(of bytes: [UInt8]) {
        var context = SHA_CTX()
        SHA1_Init(&context)
        SHA1_Update(&context, bytes, bytes.count)
        self.init(ending: &context)
    }

    fileprivate init(ending context: inout SHA_CTX) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.byteCount) {
            _ = SHA1_Final($0.baseAddress, &context)
        }
        words = SHA1State(context).words
    }

    var bytes: [UInt8] {
        (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> (24 - 8 * UInt32($0 % 4))) }
    }
}

/// The state of SHA-1 after one block of 64 bytes.
private struct SHA1State: Sendable {
    var words: SIMD8<UInt32>

    init(_ context: SHA_CTX) {
        words = SIMD8(context.h0, context.h1, context.h2, context.h3, context.h4, 0, 0, 0)
    }

    /// The state after a block of the key, each byte XORed with `mask`.
    init(key: [UInt8], mask: UInt8) {
        var context = SHA_CTX()
        SHA1_Init(&context)
        let block = (0..<64).map { ($0 < key.count ? key[$0] : 0) ^ mask }
        SHA1_Update(&context, block, block.count)
        self.init(context)
    }

    var context: SHA_CTX {
        var context = SHA_CTX()
        (context.h0, context.h1, context.h2, context.h3, context.h4) = (
            words[0], words[1], words[2], words[3], words[4]
        )
        context.Nl = 512
        return context
    }
}

/// HMAC-SHA1 with its key already hashed, so that one salted line can be tried against many names.
struct HMACSHA1: Sendable {
    private let inner: SHA1State
    private let outer: SHA1State

    init(key: [UInt8]) {
        let key = key.count > 64 ? SHA1Digest(of: key).bytes : key
        inner = SHA1State(key: key, mask: 0x36)
        outer = SHA1State(key: key, mask: 0x5c)
    }

    func code(for message: [UInt8]) -> SHA1Digest {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SHA1Digest.byteCount) { digest in
            var context = inner.context
            SHA1_Update(&context, message, message.count)
            SHA1_Final(digest.baseAddress, &context)
            context = outer.context
            SHA1_Update(&context, digest.baseAddress, digest.count)
            return SHA1Digest(ending: &context)
        }
    }
}
