/// The things that gates saw when they were judged: who said what, and how fresh that was. Meant for people and for the
/// record; nothing is decided by it.
///
/// The size is bounded, whatever the hosts say and however many there are.
public struct GateEvidence: Hashable, Sendable {
    /// The looks at the cluster that it rests on.
    public var looks: Int
    /// From the first question of the first look to the judgement.
    public var span: Duration
    /// From the first question of the last look to the judgement: no answer in it is older.
    public var age: Duration
    /// Of the last look.
    public var statements: [Statement]

    public init(looks: Int, span: Duration, age: Duration, statements: [Statement]) {
        self.looks = looks
        self.span = span
        self.age = age
        self.statements = statements
    }

    /// The words that one gate was told.
    public struct Statement: Codable, Hashable, Sendable {
        /// The gate, as holds name it.
        public var gate: String
        /// The host or service that said it.
        public var by: String
        public var says: String

        /// - Parameters:
        ///   - by: a host, or several; a long list is shortened.
        ///   - says: what was said. Foreign text in it is made plain, and short.
        public init(gate: String, by: [String], says: String) {
            self.gate = gate
            self.by = ForeignText.line(Names.text(by), charactersMax: Self.charactersMax)
            self.says = ForeignText.line(says, charactersMax: Self.charactersMax)
        }

        /// A page of the operator's that said yes.
        public static func openPage(_ name: String) -> Statement {
            Statement(gate: OverridableGate.http.rawValue, by: [name], says: "says yes")
        }

        static let charactersMax = 240
    }
}

extension GateEvidence {
    /// The same within the bounds of evidence that gates give: a journal is a file, and may be anybody's.
    public var bounded: GateEvidence {
        var bounded = self
        bounded.statements = statements.prefix(Self.statementsMax).map {
            Statement(gate: ForeignText.line($0.gate, charactersMax: 40), by: [$0.by], says: $0.says)
        }
        return bounded
    }

    /// More than any gates give.
    private static let statementsMax = 40
}

extension GateEvidence: Codable {
    private enum CodingKeys: String, CodingKey {
        case looks, spanMs, ageMs, statements
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            looks: try container.decode(Int.self, forKey: .looks),
            span: .milliseconds(try container.decode(Int64.self, forKey: .spanMs)),
            age: .milliseconds(try container.decode(Int64.self, forKey: .ageMs)),
            statements: try container.decode([Statement].self, forKey: .statements))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(looks, forKey: .looks)
        try container.encode(span.wholeMilliseconds, forKey: .spanMs)
        try container.encode(age.wholeMilliseconds, forKey: .ageMs)
        try container.encode(statements, forKey: .statements)
    }
}

extension Duration {
    /// Rounded down; the nearest that an integer holds.
    fileprivate var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflows else { return seconds < 0 ? .min : .max }
        let (sum, tooLarge) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return tooLarge ? (whole < 0 ? .min : .max) : sum
    }
}
