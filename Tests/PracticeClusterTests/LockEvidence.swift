import AgentProtocol
import Foundation

/// Who has a cluster, by etcd's own client and by each agent's report.
struct LockEvidence: Hashable, Sendable {
    /// Of the key in etcd; nil where it is not there.
    var kept: Kept?
    /// By host; only those that somebody has.
    var claims: [String: Claim]

    struct Kept: Hashable, Sendable, Decodable {
        var format: Int
        var lastToken: Token
        var holder: Holder?

        struct Holder: Hashable, Sendable, Decodable {
            var rollout: String
            var token: Token
            var operatorName: String
            var since: String
        }
    }

    static func read(_ cluster: PracticeCluster) async throws -> LockEvidence {
        let text = try await cluster.onHost(
            "practice-1", "etcdctl get /turnstile/lock --print-value-only")
        let kept = text.isEmpty ? nil : try JSONDecoder().decode(Kept.self, from: Data(text.utf8))
        var claims: [String: Claim] = [:]
        for name in cluster.names {
            claims[name] = try await PracticeAgent(cluster: cluster, host: name).report().agent.claim
        }
        return LockEvidence(kept: kept, claims: claims)
    }

    /// The key is there, and nobody is in it; nor does any agent name anybody.
    var isFree: Bool { kept != nil && kept?.holder == nil && claims.isEmpty }

    /// etcd and every host of the cluster name this rollout, under one token. As many hosts as were away when it was taken
    /// again may still have the one they heard before.
    func isHeld(by rollout: String, of operatorName: String, hosts: [String], away: Int = 0) -> Bool {
        guard let holder = kept?.holder, holder.rollout == rollout, holder.operatorName == operatorName
        else { return false }
        let theirs = hosts.compactMap { claims[$0] }.filter {
            $0.rollout == rollout && $0.holder == operatorName && $0.token <= holder.token
        }
        return theirs.count == hosts.count && theirs.count { $0.token < holder.token } <= away
    }
}
