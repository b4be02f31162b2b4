import Glibc
import RolloutModel

/// A choice among hosts, in the form of Ansible's `--limit`: `web:&stage:!web-3`.
///
/// The parts of a pattern stand between colons or commas. A part is a host, a group of an inventory, `all`, or a glob over the names of both, with `*`,
/// `?`, `[ab]` and `[!ab]`. A part without a sign adds hosts, one with `&` keeps only its hosts, and one with `!` takes its hosts out;
/// they count in that order. Where no part adds hosts, all are there to begin with. A name that is a host's and a group's means the
/// host. A part that names nothing is a fault, and so are Ansible's regular expressions, files and subscripts.
struct HostPattern {
    private enum Sign { case adds, keeps, takesOut }

    private struct Part {
        var sign: Sign
        var text: String
    }

    /// The hosts to choose among, in their order.
    private let hosts: [HostID]
    private let groups: [String: [HostID]]

    init(among hosts: [HostID], groups: [String: [HostID]]) {
        self.hosts = hosts
        self.groups = groups
    }

    /// The chosen hosts, which may be none.
    ///
    /// - Throws: `Refusal` for a part that names nothing, or is of no form that is read.
    func hosts(in text: String) throws(Refusal) -> Set<HostID> {
        let parts = parts(of: text)
        guard !parts.isEmpty else { throw Refusal(.unexpected(found: "nothing", expected: Self.form)) }
        var chosen = parts.contains { $0.sign == .adds } ? [] : Set(hosts)
        for sign in [Sign.adds, .keeps, .takesOut] {
            for part in parts where part.sign == sign {
                let named = try named(by: part.text)
                switch sign {
                case .adds: chosen.formUnion(named)
                case .keeps: chosen.formIntersection(named)
                case .takesOut: chosen.subtract(named)
                }
            }
        }
        return chosen
    }

    /// Why a pattern is not taken.
    struct Refusal: Error {
        var fault: ConfigurationProblem.Fault

        init(_ fault: ConfigurationProblem.Fault) { self.fault = fault }
    }

    static let form = "hosts, groups or globs, such as 'web:&stage:!web-3' or 'core-[12]'"

    // MARK: Parts

    private func parts(of text: String) -> [Part] {
        text.split(separator: ",").flatMap { piece -> [Part] in
            let whole = part(piece)
            // A host's name may have a colon: that of its port, or those of an address.
            if isHost(whole.text) { return [whole] }
            return Self.split(piece).map(part)
        }.filter { !$0.text.isEmpty || $0.sign != .adds }
    }

    private func part(_ text: Substring) -> Part {
        let bare = text.trimmingPrefix(while: \.isWhitespace)
        let end = bare.lastIndex { !$0.isWhitespace }.map { bare.index(after: $0) } ?? bare.startIndex
        let word = bare[..<end]
        switch word.first {
        case "&": return Part(sign: .keeps, text: String(word.dropFirst()))
        case "!": return Part(sign: .takesOut, text: String(word.dropFirst()))
        default: return Part(sign: .adds, text: String(word))
        }
    }

    /// The texts between colons. A colon in brackets parts nothing.
    private static func split(_ text: Substring) -> [Substring] {
        var (parts, depth, start): ([Substring], Int, Substring.Index) = ([], 0, text.startIndex)
        for index in text.indices {
            switch text[index] {
            case "[": depth += 1
            case "]": depth = max(0, depth - 1)
            case ":" where depth == 0:
                parts.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
        }
        return parts + [text[start...]]
    }

    // MARK: Names

    private func isHost(_ text: String) -> Bool { hosts.contains { $0.rawValue == text } }

    private func named(by text: String) throws(Refusal) -> Set<HostID> {
        if isHost(text) { return [HostID(text)] }
        if let members = groups[text] { return Set(members).intersection(hosts) }
        if text == "all" || text == "*" { return Set(hosts) }
        if text.isEmpty || text.hasPrefix("~") || text.hasPrefix("@") || isSubscript(text) {
            throw Refusal(.unexpected(found: text.quotedForError, expected: Self.form))
        }
        let matched = text.contains { "*?[".contains($0) } ? matches(of: text) : nil
        guard let matched else {
            let known = hosts.map(\.rawValue) + groups.keys.sorted()
            throw Refusal(.namesNothing(part: text, nearest: Spelling.nearest(to: text, in: known)))
        }
        return matched
    }

    /// Ansible takes `web[0]` for the first host of the group `web`.
    private func isSubscript(_ text: String) -> Bool {
        guard text.hasSuffix("]"), let open = text.lastIndex(of: "[") else { return false }
        let place = text[text.index(after: open)...].dropLast()
        return groups[String(text[..<open])] != nil && !place.isEmpty
            && place.allSatisfy { $0.isASCII && $0.isNumber || $0 == "-" || $0 == ":" }
    }

    /// nil where neither a group nor a host fits.
    private func matches(of glob: String) -> Set<HostID>? {
        func fits(_ name: String) -> Bool { fnmatch(glob, name, FNM_NOESCAPE) == 0 }
        let groups = groups.filter { fits($0.key) }.values.joined()
        let own = hosts.filter { fits($0.rawValue) }
        guard !groups.isEmpty || !own.isEmpty else { return nil }
        return Set(groups).intersection(hosts).union(own)
    }
}
