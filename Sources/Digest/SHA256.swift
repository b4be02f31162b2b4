/// SHA-256 of content in memory, at once or part by part: what `sha256sum` prints on a host, and what chains a journal.
///
/// By hand, as swift-crypto brings BoringSSL along: minutes of building on every machine, for one function.
public struct SHA256: Sendable {
    private var state = initialState
    /// The beginning of a block that is not full yet.
    private var rest: [UInt8] = []
    private var total = 0

    public init() {}

    /// In lower-case hexadecimal, as `sha256sum` prints it.
    public static func hexDigest(_ bytes: [UInt8]) -> String {
        String(decoding: of(bytes).finishedInHex(), as: UTF8.self)
    }

    /// The 32 bytes themselves.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] { of(bytes).finished() }

    private static func of(_ bytes: [UInt8]) -> SHA256 {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update($0) }
        return hash
    }

    /// Takes the next part of the content.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        total += bytes.count
        var start = 0
        if !rest.isEmpty {
            start = min(bytes.count, Self.blockBytes - rest.count)
            rest.append(contentsOf: bytes[..<start])
            guard rest.count == Self.blockBytes else { return }
            rest.withUnsafeBytes { Self.compress($0, 0..<Self.blockBytes, into: &state) }
            rest.removeAll(keepingCapacity: true)
        }
        let end = start + (bytes.count - start) / Self.blockBytes * Self.blockBytes
        Self.compress(bytes, start..<end, into: &state)
        rest.append(contentsOf: bytes[end...])
    }

    /// The 32 bytes of all that was taken.
    public func finished() -> [UInt8] {
        let words = lastState()
        return (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> (24 - 8 * UInt32($0 % 4))) }
    }

    /// The same in 64 digits, lower-case hexadecimal in ASCII.
    public func finishedInHex() -> [UInt8] {
        let words = lastState()
        return (0..<64).map { index in
            let nibble = UInt8(truncatingIfNeeded: words[index / 8] >> (28 - 4 * UInt32(index % 8))) & 15
            return nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
        }
    }

    /// With the end of the content: a one bit, zeros, and the length in bits, to whole blocks.
    private func lastState() -> State {
        var state = state
        let blocks = rest.count < Self.blockBytes - 8 ? 1 : 2
        withUnsafeTemporaryAllocation(byteCount: blocks * Self.blockBytes, alignment: 4) { end in
            for index in end.indices { end[index] = index < rest.count ? rest[index] : 0 }
            end[rest.count] = 0x80
            let length = (UInt64(truncatingIfNeeded: total) &* 8).bigEndian
            end.storeBytes(of: length, toByteOffset: end.count - 8, as: UInt64.self)
            Self.compress(UnsafeRawBufferPointer(end), 0..<end.count, into: &state)
        }
        return state
    }

    private typealias State = SIMD8<UInt32>

    private static let blockBytes = 64
    private static let initialState = State(
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
    )

    /// On raw memory: an agent of 15 MB takes a debug build of this seconds, and minutes over arrays.
    private static func compress(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, into state: inout State
    ) {
        roundConstants.withUnsafeBufferPointer { constants in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
                var start = range.lowerBound
                while start < range.upperBound {
                    expand(bytes, at: start, into: words)
                    mix(words, constants, into: &state)
                    start += blockBytes
                }
            }
        }
    }

    private static func expand(
        _ bytes: UnsafeRawBufferPointer, at start: Int, into words: UnsafeMutableBufferPointer<UInt32>
    ) {
        var index = 0
        while index < 16 {
            words[index] = UInt32(
                bigEndian: bytes.loadUnaligned(fromByteOffset: start + index * 4, as: UInt32.self))
            index += 1
        }
        while index < 64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
            let second = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
            words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
            index += 1
        }
    }

    private static func mix(
        _ words: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
        into state: inout State
    ) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        var index = 0
        while index < 64 {
            let choice = (e & f) ^ (~e & g)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let first =
                h &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice &+ constants[index]
                &+ words[index]
            let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
            index += 1
        }
        state &+= State(a, b, c, d, e, f, g, h)
    }

    @inline(__always)
    private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
        word &>> bits | word &<< (32 &- bits)
    }

    private static let roundConstants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
        0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
        0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
        0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
        0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
        0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
        0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
        0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
        0xc671_78f2,
    ]
}
