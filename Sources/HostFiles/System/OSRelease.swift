/// os-release, of every era of facts 3: values bare, in double quotes or in single quotes, with escapes.
public struct OSRelease: Hashable, Sendable {
    public static let path = "/etc/os-release"
    /// Where the file really is, inside any `/usr`: also in one that is not booted.
    public static let pathUnderUsr = "lib/os-release"

    /// Every key of the file with its value unquoted; of a repeated key the last value.
    public private(set) var fields: [String: String] = [:]

    /// - Throws: `MalformedText` for a line that is neither blank, comment nor assignment, and for a file without a
    ///   single assignment: an empty os-release is a failed read, not a system without a name.
    public init(_ text: String) throws(MalformedText) {
        let byteOrderMark = "\u{FEFF}"
        let text = text[...].after(byteOrderMark).map(String.init) ?? text
        for line in try TextBounds.small.lines(of: text, as: .osRelease) {
            let content = line.text.trimmingBlanks
            guard !content.isEmpty, content.utf8.first != UInt8(ascii: "#") else { continue }
            let assignment = try Self.assignment(line, content)
            fields[assignment.key] = assignment.value
        }
        guard !fields.isEmpty else { throw MalformedText(subject: .osRelease, problem: .empty) }
    }

    private static func assignment(_ line: TextLine, _ content: Substring) throws(MalformedText)
        -> ShellAssignment
    {
        do {
            return try ShellAssignment(content)
        } catch {
            let expected =
                switch error {
                case .noEqualsSign, .keyMalformed: "KEY=value"
                case .quoteUnclosed: "a closing quote"
                }
            throw .unexpected(.osRelease, line: line.number, found: line.text, expected: expected)
        }
    }

    public subscript(key: String) -> String? { fields[key] }

    /// `coreos`, `flatcar`, …
    public var id: String? { filled("ID") }
    /// `717.3.0`; the version to compare, unlike `VERSION`, which may carry a suffix.
    public var versionID: String? { filled("VERSION_ID") }
    public var prettyName: String? { filled("PRETTY_NAME") }
    /// nil also where the file says `BUILD_ID=` and no more, as CoreOS did until 2016.
    public var buildID: String? { filled("BUILD_ID") }

    /// `VERSION_ID` as a version; nil where there is none or it is not of the form.
    public var version: ReleaseVersion? { versionID.flatMap { ReleaseVersion($0) } }

    private func filled(_ key: String) -> String? {
        guard let value = fields[key], !value.isEmpty else { return nil }
        return value
    }
}
