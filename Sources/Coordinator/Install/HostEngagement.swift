import AgentProtocol
import Foundation
import RolloutModel

/// The state of a rollout on a host, as far as it matters to whoever replaces the host's agent.
enum HostEngagement: Hashable, Sendable {
    /// - Parameter holdsOriginal: something on the host is still as Turnstile left it, and not as it was found.
    case atRest(holdsOriginal: Bool)
    /// At rest between two steps of a rollout that has not ended.
    case held(by: Claim)
    /// `with` is a short sentence for people, for example `rollout r-1 is at staging`.
    case engaged(with: String, rollout: String?)
    case unreadable(why: String)

    /// From the agent's own report.
    ///
    /// - Returns: nil for one that could not read its record: it shows a host at rest, and knows nothing.
    init?(_ report: HostReport) {
        guard !report.unreadable.contains(where: { $0.subject == Self.recordPath }) else { return nil }
        let state = report.agent
        let goal = state.goal.flatMap { $0.isOpen ? $0.verb.rawValue : nil }
        self.init(
            phase: state.phase, openGoal: goal, rollout: state.authority?.rollout,
            claim: state.claim, holdsOriginal: state.holdsOriginal)
    }

    /// From `state.json`, for a host whose agent is not there or speaks another protocol.
    ///
    /// - Parameter record: nil where there is no such file: no rollout ever began there.
    init(record: [UInt8]?) {
        guard let record else {
            self = .atRest(holdsOriginal: false)
            return
        }
        guard record.count <= Self.recordBytesMax else {
            self = .unreadable(why: "it is longer than \(Self.recordBytesMax) bytes")
            return
        }
        do {
            let format = try JSONDecoder().decode(Format.self, from: Data(record)).formatVersion
            guard format == Self.knownFormat else {
                self = .unreadable(why: "it has format \(format), and known is \(Self.knownFormat)")
                return
            }
            let record = try JSONDecoder().decode(Record.self, from: Data(record))
            self.init(
                phase: record.phase, openGoal: record.goal?.openName, rollout: record.authority?.rollout,
                claim: record.claim, holdsOriginal: record.original != nil)
        } catch {
            self = .unreadable(why: "it is not a record of this format (\(error))")
        }
    }

    static let recordPath = "/var/lib/turnstile/state.json"
    /// The largest record that the agent itself would read; a longer file is none of its.
    static let recordBytesMax = 1 << 20
    private static let knownFormat = 1

    private init(
        phase: HostPhase, openGoal: String?, rollout: String?, claim: Claim?, holdsOriginal: Bool
    ) {
        for name in [rollout, claim?.rollout].compactMap(\.self) where !PlainName.isPlain(name) {
            self = .unreadable(
                why:
                    "it names \(ForeignText.line(name, charactersMax: 80).debugDescription), which is no rollout"
            )
            return
        }
        if let claim, !claim.token.isPossible {
            self = .unreadable(
                why:
                    "it has token \(claim.token) of rollout \(claim.rollout), and no token is above \(Token.ceiling)"
            )
            return
        }
        let who = rollout.map { "rollout \($0)" } ?? "a rollout"
        switch phase {
        case .staging, .staged, .rebooting, .committing, .rollingBack:
            self = .engaged(with: "\(who) is at '\(phase.rawValue)' there", rollout: rollout)
        case .idle, .prefetched, .committed:
            self =
                if let openGoal {
                    .engaged(with: "\(who) asked it to \(openGoal), and that has not ended", rollout: rollout)
                } else if let claim {
                    .held(by: claim)
                } else {
                    .atRest(holdsOriginal: holdsOriginal)
                }
        }
    }

    private struct Format: Decodable { var formatVersion: Int }

    /// The part of the agent's record that says whether it is at work. A field of another kind is an error.
    private struct Record: Decodable {
        var phase: HostPhase
        var authority: Authority?
        var claim: Claim?
        var original: Anything?
        var goal: Goal?

        struct Goal: Decodable {
            var request: [String: Anything]
            var outcome: Anything?

            /// nil once something answered it.
            var openName: String? { outcome == nil ? request.keys.sorted().first ?? "something" : nil }
        }

        struct Anything: Decodable {
            init(from decoder: any Decoder) throws {}
        }
    }
}
