extension KnownHosts {
    enum Line {
        /// Blank, a comment, or a certificate authority.
        case nothing
        case entry(HostPattern, HostKey, isRevoked: Bool)
        case malformed(isMarked: Bool)
    }

    static func parse(_ line: Substring) -> Line {
        var fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
        guard let first = fields.first, !first.hasPrefix("#") else { return .nothing }
        let isMarked = first.hasPrefix("@")
        if isMarked {
            guard first != "@cert-authority" else { return .nothing }
            guard first == "@revoked" else { return .malformed(isMarked: true) }
            fields = fields.dropFirst()
        }
        guard fields.count >= 3, let pattern = HostPattern(fields[fields.startIndex]),
            let blob = Base64.decode(fields[fields.startIndex + 2].utf8), let key = HostKey(blob: blob),
            key.type == fields[fields.startIndex + 1]
        else { return .malformed(isMarked: isMarked) }
        return .entry(pattern, key, isRevoked: isMarked)
    }
}
