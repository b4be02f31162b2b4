import AgentProtocol
import Foundation

/// The holders of a cluster, by etcd's own client and by each agent's report.
struct LockEvidence: Hashable, Sendable {
    /// The content of the key in etcd; nil where the key does not exist.
    var kept: Kept?
    /// The claims by host, without hosts that have none.
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

    /// True if the key exists without a holder, and no agent has a claim.
    var isFree: Bool { kept != nil && kept?.holder == nil && claims.isEmpty }

    /// True if etcd and every host of the cluster name this rollout, under one token. Hosts that were away when the
    /// lock was taken again may still have the former token.
    func isHeld(by rollout: String, of operatorName: String, hosts: [String], away: Int = 0) -> Bool {
        guard let holder = kept?.holder, holder.rollout == rollout, holder.operatorName == operatorName
        else { return false }
        let theirs = hosts.compactMap { claims[$0] }.filter {
            $0.rollout == rollout && $0.holder == operatorName && $0.token <= holder.token
        }
        return theirs.count == hosts.count && theirs.count { $0.token < holder.token } <= away
    }
}
