import HostFiles

/// A name of a node, pod or namespace: a DNS subdomain (RFC 1123). Names are put on command lines, where other texts
/// could be taken for options.
enum KubernetesName {
    static func check(_ name: String, as subject: MalformedText.Subject) throws(MalformedText) -> String {
        let text = Substring(name)
        guard (1...253).contains(name.utf8.count), text.utf8.first?.isOfName == true,
            text.consists(of: { $0.isOfName || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
        else { throw .unexpected(subject, found: name, expected: "a name of Kubernetes") }
        return name
    }

    /// The server's message for people: one line, short enough for a hold.
    static func plain(_ text: String) -> String {
        let words = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(words)).prefix(200).description
    }
}

extension UInt8 {
    fileprivate var isOfName: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
