/// The picture of a key that OpenSSH shows (`VisualHostKey`): a walk over a field, led by the bits of the key's
/// SHA-256.
struct HostKeyPicture {
    private static let (width, height) = (17, 9)
    /// The more often a place was walked over, the later the sign; the last two mark the walk's begin and its end.
    private static let signs = Array(" .o+=*BOX@%&#/^SE")

    let lines: [String]

    init(_ key: HostKey) {
        let field = Self.walk(key.sha256)
        lines =
            [Self.border(Self.title(of: key))]
            + field.map { row in "|" + String(row.map { Self.signs[$0] }) + "|" } + [Self.border("[SHA256]")]
    }

    private static func walk(_ digest: [UInt8]) -> [[Int]] {
        let (begin, end) = (signs.count - 2, signs.count - 1)
        var field = [[Int]](repeating: [Int](repeating: 0, count: width), count: height)
        var (column, row) = (width / 2, height / 2)
        for step in digest.flatMap({ byte in [0, 2, 4, 6].map { byte >> $0 } }) {
            column = min(max(column + (step & 1 == 1 ? 1 : -1), 0), width - 1)
            row = min(max(row + (step & 2 == 2 ? 1 : -1), 0), height - 1)
            if field[row][column] < begin - 1 { field[row][column] += 1 }
        }
        field[height / 2][width / 2] = begin
        field[row][column] = end
        return field
    }

    private static func title(of key: HostKey) -> String {
        let name = key.shortName
        let title = "[\(name)\(key.bits.map { " \($0)" } ?? "")]"
        return title.count <= width ? title : "[\(name.prefix(width - 2))]"
    }

    private static func border(_ title: String) -> String {
        let before = (width - title.count) / 2
        return "+" + String(repeating: "-", count: before) + title
            + String(repeating: "-", count: width - before - title.count) + "+"
    }
}

extension HostKey {
    /// As `ssh-keygen -l` names its kind.
    var shortName: String {
        switch kind {
        case .ed25519: "ED25519"
        case .rsa: "RSA"
        default: type.hasPrefix("ecdsa-") ? "ECDSA" : type
        }
    }

    /// The key's length as `ssh-keygen -l` tells it; nil for a kind that is not known here.
    var bits: Int? {
        switch kind {
        case .ed25519: 256
        case .rsa: rsaBits
        default: EllipticCurve.allCases.first { $0.keyType == type }?.bits
        }
    }
}
