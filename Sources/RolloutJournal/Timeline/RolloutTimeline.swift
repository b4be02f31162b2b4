import Foundation
import RolloutModel

/// The course of a rollout with its times, as its journal tells it: made to be shown, and nothing is decided by it.
///
/// Texts in it are those of the journal, which a view escapes. The size is bounded, however long the journal is.
public struct RolloutTimeline: Codable, Hashable, Sendable {
    public var rollout: String
    public var purpose: Purpose
    public var state: State
    /// nil until it is known.
    public var target: String?
    public var operatorName: String
    /// ISO 8601, as every time in it.
    public var createdAt: String
    /// The time of the last entry, at which the rollout had come to its end; nil until then.
    public var endedAt: String?
    public var lastEntryAt: String
    public var entries: Int
    /// SHA-256 of the journal's last line, in hexadecimal: it stands for the whole journal.
    public var digest: String
    /// In the order of the plan.
    public var hosts: [Host]
    public var holds: Tail<Hold>
    public var decisions: Tail<Decision>
    /// Of gates that opened, and of nodes that were drained.
    public var evidence: Tail<Evidence>
    public var hookWords: Tail<HookWords>
    public var attachments: Tail<Attachment>

    public enum Purpose: String, Codable, Hashable, Sendable {
        case upgrade, rollback, abandon
    }

    public enum State: String, Codable, Hashable, Sendable, CaseIterable {
        /// The rollout has not ended, and waits for nobody.
        case underWay = "under-way"
        case held, upgraded
        case nothingOffered = "nothing-offered"
        case abandoned
        case rolledBack = "rolled-back"
        case hostLost = "host-lost"
        case platformUpgraded = "platform-upgraded"
        case platformRestored = "platform-restored"
        /// The rollout was given up after the platform's point of no return.
        case platformLeft = "platform-left"
    }

    public struct Host: Codable, Hashable, Sendable {
        public var host: String
        public var machine: String
        /// When the plan was made.
        public var versionBefore: String
        /// The last one that it was seen to run; nil where it was not seen after the plan.
        public var versionAfter: String?
        /// nil until it has one.
        public var result: Result?
        public var phases: Tail<Phase>
        /// The time of all its phases that count as out, without one that is not over.
        public var outTime: Duration

        /// The names in outputs, here and below.
        private enum CodingKeys: String, CodingKey {
            case host, machine, versionBefore, versionAfter, result, phases
            case outTime = "outSeconds"
        }
    }

    public enum Result: String, Codable, Hashable, Sendable, CaseIterable {
        case upgraded
        case alreadyThere = "already-there"
        case unchanged
        case rolledBack = "rolled-back"
        case lost
    }

    /// A time in which one thing was done with one host.
    public struct Phase: Codable, Hashable, Sendable {
        public var kind: Kind
        public var began: String
        /// nil until it is over, and where a clock was set back.
        public var took: Duration?
        public var isOver: Bool
        /// The host had been told to reboot, and was neither committed nor rolled back yet.
        public var isOut: Bool

        private enum CodingKeys: String, CodingKey {
            case kind, began
            case took = "seconds"
            case isOver, isOut
        }

        public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
            /// The gates before the host is staged are asked.
            case gates
            case staging
            /// Staged; the gates are asked once more.
            case staged
            case draining
            /// Told to reboot, and not back.
            case away
            /// Back; not whole yet.
            case proving
            case committing
            /// The host's node is to take pods again.
            case uncordoning
            /// Committed; the gates are asked before the next host.
            case settling
            /// The gates before a rollback are asked.
            case retreating
            /// Told to go back, and not back.
            case goingBack = "going-back"
            /// Back on its old partition; not whole yet.
            case recovering
            case givingBack = "giving-back"
            /// The rollout waits for a person.
            case held
        }
    }

    /// A stop until a person went on.
    public struct Hold: Codable, Hashable, Sendable {
        public var began: String
        /// nil until it is over, and where a clock was set back.
        public var took: Duration?
        public var isOver: Bool
        /// The host whose turn it was; nil for none.
        public var host: String?
        /// The first of them, in the order of mending.
        public var reasons: [Reason]
        /// How many more there were.
        public var reasonsLeftOut: Int

        private enum CodingKeys: String, CodingKey {
            case began
            case took = "seconds"
            case isOver, host, reasons, reasonsLeftOut
        }
    }

    /// A cause of a hold.
    public struct Reason: Codable, Hashable, Sendable {
        public var gate: String
        /// As journals have it.
        public var name: String
        public var hosts: [String]
        public var says: String
    }

    /// A person's word that something follows from.
    public struct Decision: Codable, Hashable, Sendable {
        public var at: String
        public var kind: Kind
        /// The operator who had the rollout then, or who asked from elsewhere: `user@machine`.
        public var by: String
        /// nil for what is about the rollout.
        public var host: String?
        /// The gate that is passed over; nil for another decision.
        public var gate: String?
        /// In the person's words, or of a hold where its wish came from; nil where none were asked for.
        public var reason: String?

        public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
            case override
            case holdAsked = "hold-asked"
            case resumed
            case retryReverted = "retry-reverted"
            case acceptsNoReturn = "accepts-no-return"
            case rollbackAsked = "rollback-asked"
            case abandonAsked = "abandon-asked"
            case declaredLost = "declared-lost"
        }
    }

    /// Gates that opened, with what they went by; or a node that was drained, with what was moved.
    public struct Evidence: Codable, Hashable, Sendable {
        public var at: String
        public var host: String
        /// The host's phase at that time.
        public var phase: Phase.Kind
        /// nil where the journal does not have it, as one from before it was kept.
        public var seen: GateEvidence?
        /// true where the journal has it, and it could not be read; nil otherwise.
        public var unreadable: Bool?
    }

    /// The words of a hook, as often as it said the same in a row.
    public struct HookWords: Codable, Hashable, Sendable {
        /// Of the first time.
        public var at: String
        public var times: Int
        public var hook: String
        /// The host it ran on; nil for the operator's machine.
        public var on: String?
        /// The host it was asked about; nil for the rollout.
        public var host: String?
        public var verdict: HookWord.Verdict
        public var output: String
    }

    /// A turnstile that took the rollout up.
    public struct Attachment: Codable, Hashable, Sendable {
        public var at: String
        public var by: String
        public var token: Token
        /// The settings that differ from those of the turnstile before, by key. Settings that the plan fixes are left
        /// out.
        public var changes: [SettingChange]
        /// Settings differ, and the journal does not tell which.
        public var hasUnnamedChanges: Bool
    }

    public struct SettingChange: Codable, Hashable, Sendable {
        public var key: String
        /// nil where it was not set, or is not any more.
        public var was: String?
        public var now: String?
    }
}

extension RolloutTimeline {
    /// Reads a journal, also while somebody writes it.
    ///
    /// - Parameter name: names it in messages.
    /// - Throws: `JournalError`, as `JournalReading` does.
    public init(reading blocks: JournalBlocks, name: String) throws(JournalError) {
        guard let timeline = try GrowingTimeline(reading: blocks, name: name).timeline else {
            throw .empty(path: name)
        }
        self = timeline
    }
}

extension JournalStore {
    /// The timeline of a rollout.
    ///
    /// - Throws: `JournalError`.
    public func timeline(of rollout: RolloutID) async throws(JournalError) -> RolloutTimeline {
        try RolloutTimeline(reading: try await blocks(rollout), name: name(rollout))
    }
}
