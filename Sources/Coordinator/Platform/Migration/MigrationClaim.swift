import ClusterAnswers
public import RolloutModel

/// Keeps a second operator out of the new cluster, by an application without processes.
///
/// A controller creates an application of one id once, whoever asks. The application's settings name its holder.
public struct MigrationClaim: Sendable {
    public static let application: ApplicationID = {
        guard let id = ApplicationID("turnstile-migration") else {
            preconditionFailure("no application's id")
        }
        return id
    }()

    private static let setting = "TURNSTILE_HOLDER"

    let controller: ControllerClient
    /// The migration's id, with the operator for people.
    let holder: String

    /// - Parameters:
    ///   - id: the migration's id.
    ///   - operatorName: `user@machine`.
    public init(_ controller: ControllerClient, id: String, operatorName: String) {
        self.controller = controller
        holder = "\(id) \(ForeignText.line(operatorName, charactersMax: 80))"
    }

    /// Claims the new cluster.
    ///
    /// - Parameters:
    ///   - mayBeOwn: true if this migration may have made the application before, and not named itself.
    ///   - takesOver: true if a person says that the holder is dead.
    public func take(mayBeOwn: Bool, takesOver: Bool) async throws(MigrationHold) {
        switch try await sight() {
        case .none:
            try await make()
        case .mine: return
        case .nobodys where mayBeOwn || takesOver: break
        case .nobodys: throw .claimedByOther(holder: "an operator who has not named themselves yet")
        case .other(let holder):
            guard takesOver else { throw .claimedByOther(holder: holder) }
        }
        try await name()
        // Two who named themselves at once: the one who reads another name gives way.
        try await verify()
    }

    private func make() async throws(MigrationHold) {
        switch await controller.change(
            .post, "apps/", ["id": Self.application.text], patience: .seconds(60))
        {
        case .done: break
        case .refused(let status, let said):
            if case .other(let holder) = try await sight() { throw .claimedByOther(holder: holder) }
            throw .claimFailed(why: "it could not be created: \(status): \(said)")
        case .unheard(let why): throw .claimFailed(why: "it may have been created: \(why)")
        }
    }

    private func name() async throws(MigrationHold) {
        let answer = await controller.change(
            .post, "apps/\(Self.application)/config/", ["values": [Self.setting: holder]],
            patience: .seconds(60))
        guard let refusal = answer.refusal else { return }
        throw .claimFailed(why: "its holder could not be named: \(refusal)")
    }

    /// Lets the new cluster go, unless somebody else has it.
    ///
    /// - Throws: `MigrationHold.claimFailed` where the claim is still there; the next run of the same record goes on with it.
    public func release() async throws(MigrationHold) {
        guard case .mine = try await sight() else { return }
        let none: [String: String]? = nil
        let answer = await controller.change(
            .delete, "apps/\(Self.application)/", none, patience: .seconds(60))
        guard let refusal = answer.refusal else { return }
        // The request may have been heard all the same.
        guard try await sight() != .mine else {
            throw .claimFailed(why: "it could not be removed: \(refusal)")
        }
    }

    enum Sight: Hashable, Sendable {
        case none, mine, nobodys
        case other(holder: String)
    }

    func sight() async throws(MigrationHold) -> Sight {
        let answer = try await controller.get(["apps/\(Self.application)/config/"])[0]
        return try sight(in: answer)
    }

    /// - Throws: `MigrationHold.claimLost` where this migration does not have the new cluster any more.
    func verify() async throws(MigrationHold) {
        switch try await sight() {
        case .mine: return
        case .none, .nobodys: throw .claimLost(holder: nil)
        case .other(let holder): throw .claimLost(holder: holder)
        }
    }

    private func sight(in answer: WebAnswer) throws(MigrationHold) -> Sight {
        if answer.status == 404 { return .none }
        guard answer.status == 200, let configuration = try? ControllerConfiguration(answer.bodyText) else {
            throw .claimFailed(why: "its holder cannot be read: \(answer.refusal)")
        }
        guard let found = configuration.values[Self.setting] else { return .nobodys }
        let mine = holder.prefix { $0 != " " }
        return found.prefix { $0 != " " } == mine
            ? .mine : .other(holder: ForeignText.line(found, charactersMax: 160))
    }
}
