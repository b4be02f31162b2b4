extension KnownHosts {
    enum Line {
        /// Blank, or a comment.
        case nothing
        case entry(HostPattern, HostKey, Marker)
        case malformed
    }

    static func parse(_ line: ArraySlice<UInt8>) -> Line {
        var fields = line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })[...]
        guard let first = fields.first, first.first != UInt8(ascii: "#") else { return .nothing }
        var marker = Marker.none
        if first.first == UInt8(ascii: "@") {
            // To ssh a line with another marker is none; so it vouches for nobody.
            guard let known = Marker(first) else { return .malformed }
            marker = known
            fields = fields.dropFirst()
        }
        guard fields.count >= 3, let pattern = HostPattern(fields[fields.startIndex]),
            let key = HostKey(type: fields[fields.startIndex + 1], base64: fields[fields.startIndex + 2])
        else { return isBlank(fields) ? .nothing : .malformed }
        return .entry(pattern, key, marker)
    }

    /// A line of a file with CRLF has a CR of its own.
    private static func isBlank(_ fields: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        fields.allSatisfy { $0.elementsEqual([UInt8(ascii: "\r")]) }
    }
}

extension KnownHosts.Marker {
    fileprivate init?(_ word: ArraySlice<UInt8>) {
        switch String(decoding: word, as: UTF8.self) {
        case "@revoked": self = .revoked
        case "@cert-authority": self = .authority
        default: return nil
        }
    }
}

extension HostKey {
    /// As a line of known_hosts, or of a file of keys, has it.
    ///
    /// - Returns: nil for what is no key, or one of another type than it says.
    init?(type: ArraySlice<UInt8>, base64: ArraySlice<UInt8>) {
        // ssh reads over the blanks that C knows, of which a file with CRLF has one at each line's end.
        guard let blob = Base64.decode(base64.filter { !(9...13 ~= $0) }) else { return nil }
        self.init(blob: blob)
        guard type.elementsEqual(self.type.utf8) else { return nil }
    }
}
