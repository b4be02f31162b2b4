/// SHA-1, for the one thing that still prescribes it: `HashKnownHosts` lines are HMAC-SHA1 of the host's
/// name. It hides names there and authenticates nothing.
struct SHA1 {
    private var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    private var pending: [UInt8] = []
    private var byteCount = 0

    mutating func update(_ bytes: some Collection<UInt8>) {
        byteCount += bytes.count
        pending.append(contentsOf: bytes)
        var start = 0
        while pending.count - start >= 64 {
            compress(pending[start..<start + 64])
            start += 64
        }
        pending.removeFirst(start)
    }

    consuming func digest() -> [UInt8] {
        let bitCount = UInt64(byteCount) * 8
        let padding = 1 + (119 - byteCount % 64) % 64
        update([0x80] + [UInt8](repeating: 0, count: padding - 1))
        update((0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * UInt64($0))) })
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    private mutating func compress(_ block: ArraySlice<UInt8>) {
        func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 { word << bits | word >> (32 - bits) }
        var words = [UInt32](repeating: 0, count: 80)
        for (index, byte) in block.enumerated() { words[index / 4] = words[index / 4] << 8 | UInt32(byte) }
        for index in 16..<80 {
            words[index] = rotated(
                words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let (mix, constant): (UInt32, UInt32) =
                switch index / 20 {
                case 0: (b & c | ~b & d, 0x5a82_7999)
                case 1: (b ^ c ^ d, 0x6ed9_eba1)
                case 2: (b & c | b & d | c & d, 0x8f1b_bcdc)
                default: (b ^ c ^ d, 0xca62_c1d6)
                }
            (a, b, c, d, e) = (rotated(a, 5) &+ mix &+ e &+ constant &+ word, a, rotated(b, 30), c, d)
        }
        state = zip(state, [a, b, c, d, e]).map { $0 &+ $1 }
    }
}

/// HMAC-SHA1 with its key already taken in, so that one salted line can be tried against many names.
struct HMACSHA1 {
    private var inner = SHA1()
    private var outer = SHA1()

    init(key: [UInt8]) {
        var key = key
        if key.count > 64 {
            var hash = SHA1()
            hash.update(key)
            key = hash.digest()
        }
        key += [UInt8](repeating: 0, count: 64 - key.count)
        inner.update(key.map { $0 ^ 0x36 })
        outer.update(key.map { $0 ^ 0x5c })
    }

    func code(for message: some Collection<UInt8>) -> [UInt8] {
        var inner = inner
        var outer = outer
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()
    }
}
