/// The first line and the headers of an HTTP message.
struct HTTPHead: Hashable, Sendable {
    var first: String
    var fields: [HTTPField] = []

    /// The value of the first field of that name, which is in lower case.
    subscript(name: String) -> String? { fields.value(of: name) }

    private static let end = Array("\r\n\r\n".utf8)

    /// Takes a message apart where its head ends; nil: the head is not whole.
    static func split(_ bytes: [UInt8]) -> (head: HTTPHead, rest: ArraySlice<UInt8>)? {
        guard let end = endOfHead(bytes) else { return nil }
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        // A carriage return and a line feed are one character of Swift.
        let lines = text.split(separator: "\r\n")
        guard let first = lines.first else { return nil }
        var head = HTTPHead(first: String(first))
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            head.fields.append(HTTPField(String(parts[0]), String(parts[1].drop { $0 == " " })))
        }
        return (head, bytes[(end + Self.end.count)...])
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= end.count else { return nil }
        return (0...(bytes.count - end.count)).first { index in
            bytes[index] == end[0] && bytes[index..<(index + end.count)].elementsEqual(end)
        }
    }
}

struct HTTPField: Hashable, Sendable {
    var name: String
    var value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [HTTPField] {
    /// - Parameter name: in lower case.
    func value(of name: String) -> String? { first { $0.name.lowercased() == name }?.value }
}
