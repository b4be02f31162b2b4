/// The proof that an application is at the new cluster as it was at the old one.
public struct ApplicationProof: Hashable, Sendable {
    /// The name that is asked for at the new routers, and the status that must come.
    public struct Question: Hashable, Sendable {
        public var name: DomainName
        /// nil where any answer will do: there was none to compare with.
        public var status: Int?

        public init(name: DomainName, status: Int?) {
            self.name = name
            self.status = status
        }
    }

    public var questions: [Question]
    /// The processes that must be up.
    public var structure: [String: Int]

    /// - Parameters:
    ///   - expected: the old cluster's answers.
    ///   - old: the name that the old platform gave to the application.
    ///   - found: the application at the new cluster.
    public init(
        _ wish: ApplicationWish, _ expected: [ExpectedAnswer], old: DomainName, found: ApplicationPicture
    ) {
        questions = expected.map { answer in
            Question(name: answer.name == old ? found.name : answer.name, status: answer.provable)
        }
        structure = wish.structure
    }

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
        let differences = differences(answers)
        if !differences.isEmpty { holds.append(.answersDiffer(differences)) }
        return holds
    }

    private func differences(_ answers: [String: [DomainName: Int]]) -> [MigrationHold.Difference] {
        answers.sorted { $0.key < $1.key }.flatMap { router, statuses in
            questions.compactMap { question in
                guard let expected = question.status, statuses[question.name] != expected else { return nil }
                return .init(
                    name: question.name, router: router, status: statuses[question.name], expected: expected)
            }
        }
    }

    /// True if there is an answer to compare with.
    public var isProvable: Bool { questions.contains { $0.status != nil } }
}
