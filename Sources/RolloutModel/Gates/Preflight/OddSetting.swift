/// Words of a hold, of an audit and of a remedy.
extension OddSetting {
    /// The engine's reading of the line, as a clause with update-engine as its subject.
    public var reading: String {
        "takes \(key) for \(Self.shown(value)), as line \(line) of \(path) stands"
    }

    /// The line to write instead, as the end of a sentence; empty if that is unknown.
    public var mending: String {
        meant.isEmpty ? "" : "; \(key)=\(meant), with nothing after it, is what was meant"
    }

    func remedy(on host: HostID) -> Remedy {
        let mended = meant.isEmpty ? "\(key)=…" : "\(key)=\(meant)"
        return [
            "write \(mended) there on '\(host)', with nothing after it",
            "or name it with \(option: key == "GROUP" ? "group" : "server"), and the line is written",
        ]
    }

    /// In quotes, with what cannot be seen spelled out.
    public static func shown(_ value: String) -> String {
        let scalarsMax = 64
        var text = ""
        for scalar in value.unicodeScalars.prefix(scalarsMax) {
            switch scalar {
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\\": text += "\\\\"
            case " "..."~": text.unicodeScalars.append(scalar)
            default: text += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        let isCut = value.unicodeScalars.dropFirst(scalarsMax).first != nil
        return "‘\(text)\(isCut ? "…" : "")’"
    }
}
