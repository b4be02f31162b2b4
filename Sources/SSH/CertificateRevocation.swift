/// The certificates of one authority that a key revocation list names.
struct CertificateRevocation: Sendable {
    /// Nil for all authorities.
    private let authority: [UInt8]?
    private var serials: [ClosedRange<UInt64>] = []
    private var bitmaps: [(offset: UInt64, bits: [UInt8])] = []
    private var keyIDs: Set<[UInt8]> = []

    private enum Section {
        static let serialList: UInt8 = 0x20
        static let serialRange: UInt8 = 0x21
        static let serialBitmap: UInt8 = 0x22
        static let keyIDs: UInt8 = 0x23
        static let others: UInt8 = 0x39
    }

    /// - Throws: for a section of which not everything is understood.
    init(_ content: WireReader) throws(KeyRevocationList.Unreadable) {
        var content = content
        guard let authority = content.string(), content.string() != nil else { throw KeyRevocationList.torn }
        self.authority = authority.isEmpty ? nil : authority
        while !content.isAtEnd {
            guard let kind = content.byte(), let section = content.string() else {
                throw KeyRevocationList.torn
            }
            try read(kind, WireReader(section))
        }
    }

    func covers(_ certificate: KeyCertificate) -> Bool {
        guard authority == nil || authority == certificate.authority.blob else { return false }
        return keyIDs.contains(certificate.keyID)
            // Number 0 is that of certificates without one.
            || certificate.serial != 0 && covers(serial: certificate.serial)
    }

    private func covers(serial: UInt64) -> Bool {
        serials.contains { $0.contains(serial) }
            || bitmaps.contains { offset, bits in
                guard serial >= offset, let place = Int(exactly: serial - offset), place / 8 < bits.count
                else { return false }
                // The last byte has the first numbers.
                return bits[bits.count - 1 - place / 8] >> (place % 8) & 1 == 1
            }
    }

    private mutating func read(_ kind: UInt8, _ content: WireReader) throws(KeyRevocationList.Unreadable) {
        var content = content
        switch kind {
        case Section.serialList:
            while !content.isAtEnd {
                guard let serial = content.uint64() else { throw KeyRevocationList.torn }
                serials.append(serial...serial)
            }
        case Section.serialRange:
            guard let first = content.uint64(), let last = content.uint64(), first <= last else {
                throw KeyRevocationList.torn
            }
            serials.append(first...last)
        case Section.serialBitmap:
            guard let offset = content.uint64(), let bits = content.string() else {
                throw KeyRevocationList.torn
            }
            bitmaps.append((offset, bits))
        case Section.keyIDs: keyIDs.formUnion(try KeyRevocationList.strings(content))
        case Section.others: try KeyRevocationList.passOver(extension: content)
        default:
            throw KeyRevocationList.Unreadable(
                why: "it has a section of certificates of kind \(kind), which is not known here")
        }
    }
}
