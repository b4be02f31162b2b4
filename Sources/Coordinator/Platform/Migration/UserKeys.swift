import ClusterAnswers
public import RolloutModel

/// Carries the public keys of one user. A controller tells a user's keys to that user alone, so that each user
/// carries their own.
public struct UserKeys: Sendable {
    let old: ControllerClient
    let new: ControllerClient

    public init(old: ControllerClient, new: ControllerClient) {
        self.old = old
        self.new = new
    }

    /// A key, by its name, with what became of it.
    public struct Carried: Hashable, Sendable {
        public var id: String
        /// nil where the key is at the new cluster now.
        public var refusal: String?
        public var wasThere: Bool
    }

    /// Adds each key that the new cluster does not have.
    public func carry() async throws(MigrationHold) -> [Carried] {
        let found = try await keys(old)
        let there = Set(try await keys(new).map(\.public))
        var carried: [Carried] = []
        for key in found.sorted(by: { $0.id < $1.id }) {
            let id = ForeignText.line(key.id, charactersMax: 128)
            guard !there.contains(key.public) else {
                carried.append(Carried(id: id, refusal: nil, wasThere: true))
                continue
            }
            let answer = await new.change(
                .post, "keys/", ["id": key.id, "public": key.public], patience: .seconds(60))
            carried.append(Carried(id: id, refusal: answer.refusal, wasThere: false))
        }
        return carried
    }

    private func keys(_ controller: ControllerClient) async throws(MigrationHold) -> [ControllerRecord.Key] {
        try await controller.all(ControllerRecord.Key.self, "keys/") { $0.public }
    }
}

extension MigrationEvent.Answer {
    /// The reason why the act is not known to be done; nil where it is.
    var refusal: String? {
        switch self {
        case .done: nil
        case .refused(let status, let said): "\(status): \(said)"
        case .unheard(let why): why
        }
    }
}
