import Foundation
import RolloutJournal
import RolloutModel
import Rollouts

/// The output of `who`: the holder of the cluster, and the answers of etcd and of each agent.
package struct HolderReport: Codable, Hashable {
    var state: State
    /// nil where nobody has it, or that cannot be told.
    var holder: Holder?
    /// Why it cannot be told; nil where it can.
    var why: String?
    /// etcd first, where the lock is kept there; then the hosts in their order.
    var witnesses: [Witness]
    /// Hosts that an earlier rollout could not let go.
    var heldStill: [String]

    enum State: String, Codable, Hashable, CaseIterable {
        case held, free, unknown
    }

    struct Holder: Codable, Hashable {
        var rollout: String
        var operatorName: String
        /// The part of the operator's name that names their machine; nil where it has none.
        var machine: String?
        /// ISO 8601, by the clock of that machine.
        var since: String
        /// By the clock here; nil where `since` is no time.
        var ageSeconds: Int?
        var token: Token
        /// The process that is at the rollout on this machine; nil where no journal of it is here that can be read.
        var here: Process?
    }

    enum Process: String, Codable, Hashable, CaseIterable {
        /// A process asks the hosts, and has gone on with nothing yet.
        case takingUp = "taking-up"
        case driving, none

        init(_ attendance: RolloutAttendance) {
            switch attendance.process {
            case .none: self = .none
            case .takingUp: self = .takingUp
            case .driving: self = .driving
            }
        }

        var words: String {
            switch self {
            case .takingUp: "being taken up: a turnstile on this machine asks its hosts"
            case .driving: "driven by a turnstile on this machine"
            case .none: "no turnstile on this machine drives it now"
            }
        }
    }

    struct Witness: Codable, Hashable {
        /// nil for etcd.
        var host: String?
        var state: State
        /// As this witness tells it.
        var rollout: String?
        var token: Token?
        /// Why it could not be asked.
        var why: String?
    }

    /// - Parameter attendance: of the holder's rollout on this machine; nil where no journal of it is here.
    package init(_ sight: ClusterSight, attendance: RolloutAttendance?, now: Date = .now) {
        (state, holder, why) = (.free, nil, nil)
        switch sight.holder {
        case .unknown(let why): (state, self.why) = (.unknown, why)
        case .seen(nil): break
        case .seen(let holder?): (state, self.holder) = (.held, Holder(holder, now: now))
        }
        holder?.here = attendance.map { Process($0) }
        let hosts = sight.hosts.map { Witness(host: $0.host.rawValue, $0.holder) }
        witnesses = (sight.store.map { [Witness(host: nil, $0)] } ?? []) + hosts
        heldStill = sight.heldStill.map(\.host.rawValue)
    }

    package func lines(on terminal: Terminal, now: Date = .now) -> [String] {
        let said = saying(now: now).map { ForeignText.line($0) }
        var table = Columns(header: ["TOLD BY", "ROLLOUT", "TOKEN", "NOTE"])
        for witness in witnesses {
            table.rows.append([
                .init(witness.host ?? "etcd"), .init(witness.rollout ?? "-"),
                .init(witness.token.map { "\($0)" } ?? "-"), .init(note(witness)),
            ])
        }
        return said + [""] + table.lines(on: terminal)
    }

    /// nil where it is known who has the cluster.
    package var failure: CommandFailure? {
        guard let why else { return nil }
        return CommandFailure(
            .held,
            """
            who has the cluster cannot be told: \(ForeignText.line(why))
            Let etcd, or a majority of the hosts' agents, be asked: see what each of them answers above. Then run \
            'turnstile who' again.
            """)
    }

    private func saying(now: Date) -> [String] {
        switch (state, holder) {
        case (.held, let holder?):
            let age = RolloutText.age(since: holder.since, now: now).map { " (\($0) ago)" } ?? ""
            return [
                "rollout   \(holder.rollout)", "operator  \(holder.operatorName)",
                "machine   \(holder.machine ?? "not told")", "since     \(holder.since)\(age)",
                "token     \(holder.token)",
            ] + (holder.here.map { ["here      \($0.words)"] } ?? [])
        case (.unknown, _): return ["The holder of the cluster cannot be told."]
        case (.free, _), (.held, nil): return ["Nobody has the cluster."]
        }
    }

    private func note(_ witness: Witness) -> String {
        switch witness.state {
        case .unknown: return "could not be asked: \(witness.why ?? "no answer")"
        case .free: return "nobody"
        case .held:
            guard let host = witness.host, heldStill.contains(host) else { return "" }
            return "held still by a rollout that does not have the cluster"
        }
    }
}

extension HolderReport.Holder {
    init(_ holder: LockHolder, now: Date) {
        rollout = holder.rollout.rawValue
        operatorName = holder.operatorName
        let parts = holder.operatorName.split(separator: "@", omittingEmptySubsequences: false)
        machine = parts.count > 1 ? parts.last.map { String($0) } : nil
        since = holder.since
        let then = try? Date(holder.since, strategy: .iso8601)
        ageSeconds = then.map { Int(clamping: max(.zero, now.time(since: $0)).components.seconds) }
        token = holder.token
    }
}

extension HolderReport.Witness {
    init(host: String?, _ told: Observation<LockHolder?>) {
        self.host = host
        (state, rollout, token, why) = (.free, nil, nil, nil)
        switch told {
        case .seen(nil): break
        case .seen(let holder?): (state, rollout, token) = (.held, holder.rollout.rawValue, holder.token)
        case .unknown(let why): (state, self.why) = (.unknown, why)
        }
    }
}
