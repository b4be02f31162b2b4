import RolloutModel

/// A condition on what an audit found on a host: `version<1409`, or `group=beta and docker>=17.3`.
///
/// Terms are joined by `and`. A term is a field, one of `=`, `!=`, `<`, `<=`, `>`, `>=`, and a value. Versions are compared number by
/// number, as far as the value has numbers: 1409.7.0 is `=1409`, and neither `>1409` nor `<1409`. Other fields take `=` and `!=`.
public struct AuditCondition: Hashable, Sendable, CustomStringConvertible {
    private let terms: [Term]
    /// As it was written.
    public let description: String

    public enum Field: String, CaseIterable, Sendable {
        case version, kernel, etcd, fleet, docker, agent
        case group
        case os
        case reboots
        case phase

        /// True for a field whose values have an order.
        var isVersion: Bool {
            switch self {
            case .version, .kernel, .etcd, .fleet, .docker, .agent: true
            case .group, .os, .reboots, .phase: false
            }
        }
    }

    enum Comparison: String, CaseIterable, Sendable {
        // In the order in which they are looked for: the longer ones first.
        case notEqual = "!="
        case atMost = "<="
        case atLeast = ">="
        case equal = "="
        case below = "<"
        case above = ">"
    }

    fileprivate struct Term: Hashable, Sendable {
        var field: Field
        var comparison: Comparison
        var value: String
        /// The value's numbers; empty for a field that is no version.
        var numbers: [Int]
    }

    /// Why a text is no condition, for people.
    public struct Fault: Error, Hashable, Sendable {
        public var why: String
    }

    /// - Throws: `Fault`.
    public init(_ text: String) throws(Fault) {
        description = text
        var terms: [Term] = []
        let words = text.split(omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" }
        for phrase in words.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "and" }) {
            terms.append(try Self.term(phrase.joined()))
        }
        self.terms = terms
    }

    private static func term(_ text: String) throws(Fault) -> Term {
        let name = text.prefix { $0.isLetter }
        let rest = text.dropFirst(name.count)
        guard let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
            throw Fault(
                why: "\(quoted(text)) is no condition; such are version<1409, or group=beta and docker>=17.3")
        }
        guard let field = Field(rawValue: String(name)) else {
            let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(why: "\(quoted(String(name))) is no field; there are \(known)")
        }
        let value = String(rest.dropFirst(comparison.rawValue.count))
        guard !value.isEmpty,
            value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._+-~".contains($0)) })
        else { throw Fault(why: "\(quoted(value)) is no value of \(field.rawValue)") }
        guard field.isVersion else {
            guard comparison == .equal || comparison == .notEqual else {
                throw Fault(why: "\(field.rawValue) is compared with = or != only")
            }
            return Term(field: field, comparison: comparison, value: value, numbers: [])
        }
        guard let numbers = wholeNumbers(value[...]) else {
            throw Fault(
                why: "\(quoted(value)) is no version of \(field.rawValue): give numbers, such as 1409.7")
        }
        return Term(field: field, comparison: comparison, value: value, numbers: numbers)
    }

    private static func quoted(_ text: String) -> String {
        ForeignText.line(text, charactersMax: 80).debugDescription
    }

    // MARK: Judging

    /// The fields that the condition needs and the audit does not tell, or tells in no form that can be compared; empty
    /// where the condition can be judged.
    public func untold(of audit: HostAudit) -> [Field] {
        holds(audit) != nil ? [] : terms.filter { $0.holds(audit) == nil }.map(\.field)
    }

    /// nil where that cannot be told.
    public func holds(_ audit: HostAudit) -> Bool? {
        let answers = terms.map { $0.holds(audit) }
        if answers.contains(false) { return false }
        return answers.contains(nil) ? nil : true
    }

    /// Numbers between dots, and nothing else; nil for any other text.
    fileprivate static func wholeNumbers(_ text: Substring) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            (1...9).contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        return numbers.count == parts.count ? numbers : nil
    }
}

extension AuditCondition.Term {
    fileprivate func holds(_ audit: HostAudit) -> Bool? {
        guard audit.fault == nil, let found = field.value(of: audit) else { return nil }
        guard field.isVersion else { return (found == value) == (comparison == .equal) }
        guard let order = order(of: found) else { return nil }
        return switch comparison {
        case .equal: order == 0
        case .notEqual: order != 0
        case .below: order < 0
        case .atMost: order <= 0
        case .above: order > 0
        case .atLeast: order >= 0
        }
    }

    /// Negative for a version below the value; nil for a text that does not begin with enough numbers.
    private func order(of found: String) -> Int? {
        let head = found.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let bare = head.last == "." ? head.dropLast() : head
        guard let seen = AuditCondition.wholeNumbers(bare) else { return nil }
        for (one, other) in zip(seen, numbers) where one != other { return one < other ? -1 : 1 }
        return seen.count >= numbers.count ? 0 : nil
    }
}

extension AuditCondition.Field {
    fileprivate func value(of audit: HostAudit) -> String? {
        switch self {
        case .version: audit.version
        case .kernel: audit.kernel
        case .etcd: audit.etcdServer
        case .fleet: audit.fleet
        case .docker: audit.docker
        case .agent: audit.agent
        case .group: audit.group
        case .os: audit.distribution
        case .reboots: audit.rebootStrategy
        case .phase: audit.agentPhase
        }
    }
}
