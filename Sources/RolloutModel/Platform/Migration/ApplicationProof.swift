/// The proof that an application is at the new cluster as it was at the old one.
public struct ApplicationProof: Hashable, Sendable {
    /// The name that is asked for at the new routers, and the old cluster's status for it.
    public struct Question: Hashable, Sendable {
        public var name: DomainName
        /// nil where nothing answered, or not each router the same.
        public var old: Int?

        public init(name: DomainName, old: Int?) {
            self.name = name
            self.old = old
        }
    }

    public var questions: [Question]
    /// The processes that must be up.
    public var structure: [String: Int]
    /// A name of no application at the new cluster. Its answer tells what routers say to names that they do not know.
    public var stranger: DomainName?

    /// - Parameters:
    ///   - expected: the old cluster's answers.
    ///   - old: the name that the old platform gave to the application.
    ///   - found: the application at the new cluster.
    public init(
        _ wish: ApplicationWish, _ expected: [ExpectedAnswer], old: DomainName, found: ApplicationPicture
    ) {
        questions = expected.map { answer in
            Question(name: answer.name == old ? found.name : answer.name, old: answer.status)
        }
        structure = wish.structure
        let domain = found.name.text.drop { $0 != "." }
        stranger = DomainName("turnstile-no-application\(domain)")
    }

    /// The names that are asked for at each router.
    public var names: [DomainName] { questions.map(\.name) + [stranger].compactMap(\.self) }

    /// - Parameters:
    ///   - found: the application at the new cluster.
    ///   - answers: each new router's statuses, by the name; a name that nothing answered for is not there.
    /// - Returns: what is missing. The list is empty if the application is proved.
    public func holds(
        _ found: ApplicationPicture, _ answers: [String: [DomainName: Int]]
    ) -> [MigrationHold] {
        let up = Dictionary(grouping: found.containers.filter { $0.state == "up" }, by: \.type)
            .mapValues(\.count)
        var holds: [MigrationHold] = []
        if structure.contains(where: { up[$0.key] ?? 0 < $0.value }) {
            holds.append(.containersNotUp(wanted: structure, up: up))
        }
        let unknown = differences(answers, .unknownHere)
        if !unknown.isEmpty { holds.append(.namesUnknown(unknown)) }
        let others = differences(answers, .differs)
        if !others.isEmpty { holds.append(.answersDiffer(others)) }
        return holds
    }

    /// - Returns: the reservations about answers that do not hold.
    public func remarks(_ answers: [String: [DomainName: Int]]) -> [ProofRemark] {
        func names(_ verdict: AnswerVerdict) -> [DomainName] {
            questions.filter { question in
                answers.values.contains { self.verdict(question, $0) == verdict }
            }.map(\.name)
        }
        let (unknown, incomparable) = (names(.unknownAtBoth), names(.incomparable))
        return (unknown.isEmpty ? [] : [.unknownAtBoth(unknown)])
            + (incomparable.isEmpty ? [] : [.nothingToCompare(incomparable)])
    }

    private func differences(
        _ answers: [String: [DomainName: Int]], _ verdict: AnswerVerdict
    ) -> [MigrationHold.Difference] {
        answers.sorted { $0.key < $1.key }.flatMap { router, statuses in
            questions.filter { self.verdict($0, statuses) == verdict }.map { question in
                .init(
                    name: question.name, router: router, status: statuses[question.name],
                    expected: question.old)
            }
        }
    }

    private func verdict(_ question: Question, _ statuses: [DomainName: Int]) -> AnswerVerdict {
        AnswerVerdict(
            statuses[question.name], stranger: stranger.flatMap { statuses[$0] }, old: question.old,
            runs: !structure.isEmpty)
    }
}
