public import HostFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A key of etcd, as either API has it. The two are separate stores: a key of one is not in the other.
public enum EtcdKey: Hashable, Sendable {
    case absent
    /// `revision` is that of the last write to this key: what a compare-and-swap names.
    case value(String, revision: UInt64)

    /// `GET /v2/keys/…?quorum=true`: the node, or error 100, `Key not found`.
    ///
    /// - Throws: `MalformedText` for any other error, and where the API is not served (a 404 without error code).
    public init(v2 body: String) throws(MalformedText) {
        try TextBounds.small.check(body, as: .etcdKey)
        let answer = try JSONText.decode(V2Answer.self, from: body, as: .etcdKey)
        if answer.errorCode == EtcdV2Error.keyNotFound {
            self = .absent
            return
        }
        guard let node = answer.node, let value = node.value else {
            throw .unexpected(.etcdKey, found: answer.complaint, expected: "a key that has a value")
        }
        self = .value(value, revision: node.modifiedIndex)
    }

    /// `POST …/kv/range` of the v3 gateway. A key that is not there is a list without entries.
    public init(v3 body: String) throws(MalformedText) {
        try TextBounds.small.check(body, as: .etcdKey)
        let answer = try JSONText.decode(V3Range.self, from: body, as: .etcdKey)
        guard let pair = answer.kvs?.first else {
            self = .absent
            return
        }
        guard let bytes = Data(base64Encoded: pair.value ?? ""),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw .unexpected(.etcdKey, found: pair.value ?? "", expected: "a text in base64")
        }
        self = .value(text, revision: pair.mod_revision.value)
    }

    private struct V3Range: Decodable {
        /// Always there, so that no other object is taken for an empty list.
        var header: Header
        var kvs: [Pair]?

        struct Header: Decodable { var revision: SpelledUInt64 }

        struct Pair: Decodable {
            var value: String?
            var mod_revision: SpelledUInt64
        }
    }
}

/// The outcome of a compare-and-swap of one key.
public enum EtcdSwap: Hashable, Sendable {
    /// `revision` is the key's new one.
    case written(revision: UInt64)
    /// The key was at another revision, or there where it should not be, or not there where it should.
    case notWritten

    /// `PUT /v2/keys/…` with `prevIndex` or `prevExist=false`: the node, or error 101, 105 or 100.
    ///
    /// - Throws: `MalformedText` for anything else: nothing is known then.
    public init(v2 body: String) throws(MalformedText) {
        try TextBounds.small.check(body, as: .etcdKey)
        let answer = try JSONText.decode(V2Answer.self, from: body, as: .etcdKey)
        switch answer.errorCode {
        case EtcdV2Error.keyNotFound?, EtcdV2Error.compareFailed?, EtcdV2Error.keyExists?:
            self = .notWritten
        default:
            guard let node = answer.node else {
                throw .unexpected(.etcdKey, found: answer.complaint, expected: "a key that was written")
            }
            self = .written(revision: node.modifiedIndex)
        }
    }

    /// `POST …/kv/txn` of the v3 gateway, which leaves `succeeded` out where it is false.
    public init(v3 body: String) throws(MalformedText) {
        try TextBounds.small.check(body, as: .etcdKey)
        let answer = try JSONText.decode(V3Transaction.self, from: body, as: .etcdKey)
        self = answer.succeeded == true ? .written(revision: answer.header.revision.value) : .notWritten
    }

    private struct V3Transaction: Decodable {
        var header: Header
        var succeeded: Bool?

        struct Header: Decodable { var revision: SpelledUInt64 }
    }
}

/// `errorCode` of the v2 API.
enum EtcdV2Error {
    static let keyNotFound = 100
    static let compareFailed = 101
    static let keyExists = 105
}

private struct V2Answer: Decodable {
    var node: Node?
    var errorCode: Int?
    var message: String?

    struct Node: Decodable {
        var value: String?
        var modifiedIndex: UInt64
    }

    var complaint: String {
        errorCode.map { "error \($0), \(message ?? "")" } ?? "neither a value nor an error"
    }
}
