import ClusterAnswers
import Foundation
import RolloutModel

/// The requests for the one key of a cluster's lock, and the meaning of their answers.
struct EtcdLockRequests: Sendable {
    /// The URL at which a host reaches etcd, for example `http://127.0.0.1:2379`.
    var url: String

    /// The key, which has the same name in both stores.
    static let key = ClusterLock.key
    /// The prefixes of the v3 gateway, newest first: 3.4 and later, 3.3, 3.1 and 3.2. A prefix stays for one minor
    /// version more.
    static let prefixes = ["/v3", "/v3beta", "/v3alpha"]

    // MARK: Reading

    /// The requests for the version, the key of v2, and the key of v3 under each of its prefixes.
    var reading: [HostHTTP.Request] {
        [.get(url: url + "/version"), .get(url: url + "/v2/keys" + Self.key + "?quorum=true")]
            + Self.prefixes.map {
                .post(url: url + $0 + "/kv/range", json: #"{"key":"\#(Self.base64(Self.key))"}"#)
            }
    }

    /// A host's word about the key in one store.
    enum Sight: Hashable, Sendable {
        /// - prefix: the prefix of v3; empty in v2.
        case seen(EtcdKey, prefix: String)
        /// The host says that there is no such API.
        case notServed
        case unknown(why: String)
    }

    static func v2(_ answer: HostHTTP.Answer) -> Sight {
        guard let status = answer.status else { return .unknown(why: "no answer") }
        if let key = try? EtcdKey(v2: answer.body) { return .seen(key, prefix: "") }
        if status == 404 { return .notServed }
        return .unknown(why: complaint(status, answer.body))
    }

    /// - Parameter answers: the answers, one for each prefix.
    static func v3(_ answers: some Sequence<HostHTTP.Answer>) -> Sight {
        var sight = Sight.notServed
        for (prefix, answer) in zip(prefixes, answers) {
            guard let status = answer.status else { return .unknown(why: "no answer") }
            if status == 404 { continue }
            if status == 200, let key = try? EtcdKey(v3: answer.body) { return .seen(key, prefix: prefix) }
            sight = .unknown(why: complaint(status, answer.body))
        }
        return sight
    }

    // MARK: Writing

    /// Writes the key, if it is still at `revision`; nil for a key that must not exist.
    func swapV2(_ text: String, over revision: UInt64?) -> HostHTTP.Request {
        .put(
            url: url + "/v2/keys" + Self.key,
            form: [
                .init(name: "value", value: text),
                revision.map { .init(name: "prevIndex", value: "\($0)") }
                    ?? .init(name: "prevExist", value: "false"),
            ])
    }

    /// Writes the key, if it is still at `revision`. A key that does not exist has revision 0.
    func swapV3(_ text: String, over revision: UInt64?, prefix: String) -> HostHTTP.Request {
        let key = Self.base64(Self.key)
        return .post(
            url: url + prefix + "/kv/txn",
            json: """
                {"compare":[{"target":"MOD","result":"EQUAL","key":"\(key)","mod_revision":"\(revision ?? 0)"}],\
                "success":[{"request_put":{"key":"\(key)","value":"\(Self.base64(text))"}}],"failure":[]}
                """)
    }

    /// The outcome of a swap.
    enum Outcome: Hashable, Sendable {
        case swapped(EtcdSwap)
        /// The store was not written.
        case refused(why: String)
        /// The value was written or not, or may be written yet.
        case unknown(why: String)
    }

    static func outcome(_ answer: HostHTTP.Answer, in keyspace: EtcdKeyspace) -> Outcome {
        guard let status = answer.status else { return .unknown(why: "no answer") }
        let swap =
            switch keyspace {
            case .v2: try? EtcdSwap(v2: answer.body)
            case .v3: status == 200 ? try? EtcdSwap(v3: answer.body) : nil
            }
        if let swap { return .swapped(swap) }
        let why = complaint(status, answer.body)
        return refusals.contains(status) ? .refused(why: why) : .unknown(why: why)
    }

    /// The statuses of requests that did not get as far as raft. Any other status leaves that open; the gateway says
    /// 408 where its time ran out.
    private static let refusals: Set = [400, 401, 403, 404, 405, 413, 429]

    private static func complaint(_ status: Int, _ body: String) -> String {
        "it answered \(status), \(body.prefix(120).debugDescription)"
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
