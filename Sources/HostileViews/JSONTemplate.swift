import HostileText

/// A JSON text with places for other texts and numbers. Places that had the same text get the same one again, so that
/// what belonged together still does.
struct JSONTemplate: Sendable {
    private enum Piece {
        case fixed([UInt8])
        case text(Int)
        case number(Int)
    }

    /// The different texts of the document.
    private(set) var texts: [String] = []
    private(set) var numbers: [String] = []
    private var pieces: [Piece] = []

    /// - Parameter json: as `JSONEncoder` writes it, without escapes.
    init(_ json: String) {
        var rest = Array(json.utf8)[...]
        var fixed: [UInt8] = []
        func isNumeral(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
        }
        while let byte = rest.first {
            if byte == UInt8(ascii: "\"") {
                let body = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
                let text = String(decoding: body, as: UTF8.self)
                rest = rest[body.endIndex...].dropFirst()
                guard rest.first != UInt8(ascii: ":") || Self.isForeignKey(text) else {
                    fixed += [byte] + body + [byte]
                    continue
                }
                pieces += [.fixed(fixed), .text(place(of: text))]
                fixed = []
            } else if isNumeral(byte), fixed.last.map({ [0x3A, 0x2C, 0x5B].contains($0) }) ?? false {
                let body = rest.prefix(while: isNumeral)
                rest = rest[body.endIndex...]
                pieces += [.fixed(fixed), .number(numbers.count)]
                numbers.append(String(decoding: body, as: UTF8.self))
                fixed = []
            } else {
                fixed.append(byte)
                rest = rest.dropFirst()
            }
        }
        pieces.append(.fixed(fixed))
    }

    /// Keys of this program's own are plain words.
    private static func isForeignKey(_ text: String) -> Bool {
        !text.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0
        }
    }

    private mutating func place(of text: String) -> Int {
        if let index = texts.firstIndex(of: text) { return index }
        texts.append(text)
        return texts.count - 1
    }

    /// - Parameters:
    ///   - texts: by place, as JSON has them, in quotes.
    ///   - numbers: likewise.
    func filled(texts: [Int: String] = [:], numbers: [Int: String] = [:]) -> [UInt8] {
        pieces.flatMap { piece -> [UInt8] in
            switch piece {
            case .fixed(let bytes): bytes
            case .text(let place): Array((texts[place] ?? "\"\(self.texts[place])\"").utf8)
            case .number(let place): Array((numbers[place] ?? self.numbers[place]).utf8)
            }
        }
    }
}

/// How a text stands in JSON: written out as far as JSON takes it, or every scalar of it escaped.
enum JSONString {
    static func plain(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case _ where scalar.value < 0x20: json += escape(UInt16(scalar.value))
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }

    /// - Parameter tail: escapes that pair with nothing, for example `\ud800`.
    static func escaped(_ text: String, tail: String = "") -> String {
        "\"" + text.utf16.map(escape).joined() + tail + "\""
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
