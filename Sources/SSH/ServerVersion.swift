/// A server's first line, in which it names itself: `SSH-2.0-OpenSSH_9.2p1 Debian-2`.
struct ServerVersion: Sendable {
    /// Without the protocol's version and the comment.
    let software: String
    /// Of OpenSSH alone.
    private let release: (major: Int, minor: Int)?

    init(_ line: String) {
        let words = line.split(separator: " ", maxSplits: 1)
        let software = words.first?.split(separator: "-", maxSplits: 2).dropFirst(2).first ?? ""
        self.software = String(software)
        release = Self.release(of: software)
    }

    private static func release(of software: Substring) -> (Int, Int)? {
        let name = "OpenSSH_"
        guard software.hasPrefix(name) else { return nil }
        let numbers = software.dropFirst(name.count).split(separator: ".", maxSplits: 1)
        guard let major = numbers.first.flatMap({ Int($0) }), let rest = numbers.dropFirst().first,
            let minor = Int(rest.prefix { $0.isASCII && $0.isNumber })
        else { return nil }
        return (major, minor)
    }

    /// OpenSSH learnt them with 7.2 (2016); of others it is taken for granted, as RFC 8332 is of 2018.
    var knowsRSAWithSHA2: Bool { release.map { $0 >= (7, 2) } ?? true }
}
