/// A call of a method over D-Bus (D-Bus Specification, "Message Protocol").
public struct BusCall: Hashable, Sendable {
    public var destination: String
    public var path: String
    public var interface: String
    public var method: String
    public var arguments: Arguments

    public enum Arguments: Hashable, Sendable {
        case none
        /// An argument for each text.
        case texts([String])
        /// A single argument, which is a list.
        case list([String])
    }

    public init(
        destination: String, path: String, interface: String, method: String, arguments: Arguments
    ) {
        self.destination = destination
        self.path = path
        self.interface = interface
        self.method = method
        self.arguments = arguments
    }

    /// The bytes to send.
    ///
    /// - Parameter serial: not 0, and another one for each call of a connection; the answer names it.
    public func message(serial: UInt32) -> [UInt8] {
        let body = arguments.body
        var fields = BusWriter()
        fields.write(field: 1, "o", path)
        fields.write(field: 2, "s", interface)
        fields.write(field: 3, "s", method)
        fields.write(field: 6, "s", destination)
        if !arguments.signature.isEmpty { fields.write(field: 8, signature: arguments.signature) }
        // Lowest byte first; a call, which wants its answer; version 1 of the protocol.
        var message = BusWriter(bytes: [UInt8(ascii: "l"), 1, 0, 1])
        message.write(UInt32(truncatingIfNeeded: body.count))
        message.write(serial)
        message.write(UInt32(truncatingIfNeeded: fields.bytes.count))
        // Fields begin at byte 16, and so are aligned as they were written.
        message.append(fields.bytes)
        message.align(to: 8)
        message.append(body)
        return message.bytes
    }
}

extension BusCall.Arguments {
    fileprivate var signature: String {
        switch self {
        case .none: ""
        case .texts(let texts): String(repeating: "s", count: texts.count)
        case .list: "as"
        }
    }

    fileprivate var body: [UInt8] {
        var writer = BusWriter()
        switch self {
        case .none: break
        case .texts(let texts): for text in texts { writer.write(text) }
        case .list(let texts):
            var elements = BusWriter()
            for text in texts { elements.write(text) }
            writer.write(UInt32(truncatingIfNeeded: elements.bytes.count))
            writer.append(elements.bytes)
        }
        return writer.bytes
    }
}

private struct BusWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ more: [UInt8]) { bytes += more }

    mutating func align(to size: Int) {
        while !bytes.count.isMultiple(of: size) { bytes.append(0) }
    }

    mutating func write(_ number: UInt32) {
        align(to: 4)
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    mutating func write(_ text: String) {
        write(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes += Array(text.utf8) + [0]
    }

    mutating func write(signature: String) {
        bytes += [UInt8(truncatingIfNeeded: signature.utf8.count)] + Array(signature.utf8) + [0]
    }

    /// A field of a message's head: its code, and a variant.
    mutating func write(field code: UInt8, _ type: String, _ text: String) {
        begin(field: code, type)
        write(text)
    }

    mutating func write(field code: UInt8, signature: String) {
        begin(field: code, "g")
        write(signature: signature)
    }

    private mutating func begin(field code: UInt8, _ type: String) {
        align(to: 8)
        bytes.append(code)
        write(signature: type)
    }
}
