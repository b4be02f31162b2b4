import RolloutModel

/// A hold as `status`, `plan`, `upgrade` and `resume` report it: one shape, in JSON and in text.
package struct HoldReport: Codable, Hashable {
    /// The gate that holds, or the other cause of the hold.
    var gate: String
    /// The hold's name, as journals have it.
    var name: String
    /// The hosts that the hold is about; empty if it is about the cluster.
    var hosts: [String]
    /// The observation in one sentence, without its full stop.
    package var says: String
    /// The consequences, in few words.
    var also: [String]
    /// The steps of the remedy, in their order.
    var remedy: [Step]
    var patience: Patience

    /// - Parameters:
    ///   - rollout: the rollout; nil where none has begun.
    ///   - invocation: completes the commands in the texts.
    package init(_ cause: HoldCause, in rollout: RolloutID?, _ invocation: Invocation) {
        let reason = cause.reason
        gate = reason.gate
        name = reason.name
        hosts = cause.hosts.map(\.rawValue)
        // An agent's own words may contain a command, too.
        says = invocation.completing(cause.description)
        also = Self.consequences(of: cause).map(invocation.completing)
        remedy = reason.remedy.steps(in: rollout).map { Step($0, invocation) }
        patience = Patience(cause.patience)
    }

    /// The means by which the hold clears.
    struct Patience: Codable, Hashable {
        var clearedBy: Means
        /// The shortest time until then; nil if unknown.
        var least: Duration?
        /// The option that gives the consent.
        var word: String?

        private enum CodingKeys: String, CodingKey {
            case clearedBy
            case least = "seconds"
            case word
        }

        enum Means: String, Codable, Hashable {
            /// Time alone.
            case time
            /// A host, the cluster or somebody else, while the gates are asked; or a person.
            case mending
            /// A person's act: waiting does not help.
            case act
            /// A person's consent.
            case word
        }

        init(_ patience: RolloutModel.Patience) {
            switch patience {
            case .soon: clearedBy = .time
            case .later(let least): (clearedBy, self.least) = (.time, least)
            case .mending: clearedBy = .mending
            case .act: clearedBy = .act
            case .word(.retryReverted): (clearedBy, word) = (.word, "--retry-reverted")
            case .word(.noReturn): (clearedBy, word) = (.word, "--yes")
            }
        }
    }

    /// The consequences of a cause in few words, each once.
    static func consequences(of cause: HoldCause) -> [String] {
        var told: Set<String> = [cause.reason.brief]
        return cause.untold.map(\.brief).filter { told.insert($0).inserted }
    }

    /// The hold, its consequences, and the remedy: a line each.
    ///
    /// - Parameter ago: the age of the hold, in brackets; empty where it is not told.
    package func lines(ago: String = "") -> [String] {
        let consequences = also.isEmpty ? [] : ["    Also: \(also.joined(separator: "; "))."]
        let todo = remedy.map(\.text).joined(separator: "; ")
        // A journal's text may contain line breaks; each line here stays one line.
        return (["  - \(gate): \(says)\(ago)."] + consequences + ["    What to do: \(todo)."])
            .map { ForeignText.line($0) }
    }
}
