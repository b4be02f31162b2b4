/// curl's number for why it got no answer, as its message has it: `curl: (77) …`.
struct CurlComplaint: Hashable, Sendable {
    var number: Int

    /// The first one in a text; nil where there is none.
    init?(in text: String) {
        let mark = "curl: ("
        guard let start = text.indices.first(where: { text[$0...].hasPrefix(mark) }) else { return nil }
        let digits = text[start...].dropFirst(mark.count).prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), digits.count <= 3 else { return nil }
        self.number = number
    }

    enum TLSTrouble: Hashable, Sendable {
        /// The server's certificate cannot be checked.
        case authority
        /// The client's own certificate or key cannot be used.
        case client
        case handshake
    }

    /// nil for what is no trouble with TLS. The numbers are those of libcurl-errors(3).
    var tls: TLSTrouble? {
        switch number {
        case 60, 77, 83: .authority
        case 58: .client
        case 35, 56: .handshake
        default: nil
        }
    }
}
