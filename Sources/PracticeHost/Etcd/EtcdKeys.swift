#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keys of etcd's v2 API, through the member of this host.
struct EtcdKeys: Hashable, Sendable {
    var http = PlainHTTP(port: 2379, deadline: .seconds(3))

    struct Node: Decodable, Hashable, Sendable {
        var key: String
        var value: String?
        var dir: Bool?
        var ttl: Int?
        var nodes: [Node]?
        var modifiedIndex: UInt64?

        /// The last part of the key.
        var name: String { key.split(separator: "/").last.map(String.init) ?? "" }

        var isDirectory: Bool { dir == true }

        func child(_ name: String) -> Node? { nodes?.first { $0.name == name } }
    }

    enum Condition: Hashable, Sendable {
        case exists
        case isAbsent
        case isAt(UInt64)

        fileprivate var form: String {
            switch self {
            case .exists: "prevExist=true"
            case .isAbsent: "prevExist=false"
            case .isAt(let index): "prevIndex=\(index)"
            }
        }
    }

    /// How a key is read.
    struct Reading: OptionSet, Hashable, Sendable {
        var rawValue: Int

        static let recursive = Reading(rawValue: 1)
        static let sorted = Reading(rawValue: 2)
        /// Asks the cluster; without it the member answers from what it knows.
        static let quorum = Reading(rawValue: 4)

        fileprivate var query: String {
            let options: [(Reading, String)] = [
                (.recursive, "recursive=true"), (.sorted, "sorted=true"), (.quorum, "quorum=true"),
            ]
            let words = options.filter { contains($0.0) }.map(\.1)
            return words.isEmpty ? "" : "?" + words.joined(separator: "&")
        }
    }

    func node(_ key: String, _ reading: Reading = []) throws(EtcdError) -> Node {
        try Self.node(in: exchange("GET", key, query: reading.query))
    }

    /// nil: there is no such key.
    func find(_ key: String, _ reading: Reading = []) throws(EtcdError) -> Node? {
        do throws(EtcdError) {
            return try node(key, reading)
        } catch {
            if error.isKeyNotFound { return nil }
            throw error
        }
    }

    func value(_ key: String) throws(EtcdError) -> String? { try find(key)?.value }

    /// - Parameter ttl: whole seconds; nil for a key that stays, and takes an earlier TTL away.
    @discardableResult
    func set(
        _ key: String, _ value: String, ttl: Duration? = nil, if condition: Condition? = nil
    ) throws(EtcdError) -> Node {
        var form = "value=\(value.percentEncoded)"
        if let ttl { form += "&ttl=\(ttl.components.seconds)" }
        if let condition { form += "&\(condition.form)" }
        return try Self.node(in: exchange("PUT", key, form: form))
    }

    /// Makes a directory, or leaves the one that is there.
    func makeDirectory(_ key: String) throws(EtcdError) {
        do throws(EtcdError) {
            _ = try exchange("PUT", key, form: "dir=true&prevExist=false")
        } catch {
            guard case .refused(let refusal) = error, refusal.errorCode == 105 else { throw error }
        }
    }

    func delete(_ key: String, recursive: Bool = false) throws(EtcdError) {
        _ = try exchange("DELETE", key, query: recursive ? "?recursive=true" : "")
    }

    /// Deletes as `delete` does; a key that is not there is no error.
    func remove(_ key: String, recursive: Bool = false) throws(EtcdError) {
        do throws(EtcdError) {
            try delete(key, recursive: recursive)
        } catch {
            if !error.isKeyNotFound { throw error }
        }
    }

    private func exchange(
        _ method: String, _ key: String, query: String = "", form: String = ""
    ) throws(EtcdError) -> PlainHTTP.Answer {
        let path = "/v2/keys" + key.percentEncodedPath + query
        let answer: PlainHTTP.Answer
        do {
            answer = try http.exchange(method, path, form: form)
        } catch {
            throw EtcdError(transport: error)
        }
        if answer.status == 200 || answer.status == 201 { return answer }
        guard answer.status < 500,
            let refusal = try? JSONDecoder().decode(EtcdError.Refusal.self, from: Data(answer.body))
        else { throw .status(answer.status) }
        throw .refused(refusal)
    }

    private static func node(in answer: PlainHTTP.Answer) throws(EtcdError) -> Node {
        struct Envelope: Decodable { var node: Node }
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(answer.body)) else {
            throw .status(answer.status)
        }
        return envelope.node
    }
}

/// A request that etcd did not do.
enum EtcdError: Error, Hashable, Sendable, CustomStringConvertible {
    /// etcd's own words about a request that it understood.
    struct Refusal: Decodable, Hashable, Sendable {
        var errorCode: Int
        var message: String
        var cause: String
        var index: UInt64
    }

    case refused(Refusal)
    /// A status without such words, or with those of a member that has no leader.
    case status(Int)
    /// No server listens there.
    case unreachable(String)
    /// The connection gave no answer.
    case cut(String)

    init(transport error: any Error) {
        guard case Failure.system(let operation, _, let reason) = error else {
            self = .cut("\(error)")
            return
        }
        self = operation == "connect to" ? .unreachable(reason.lowercased()) : .cut(reason.lowercased())
    }

    var isKeyNotFound: Bool {
        if case .refused(let refusal) = self { return refusal.errorCode == 100 }
        return false
    }

    var isAlreadyThere: Bool {
        if case .refused(let refusal) = self { return refusal.errorCode == 105 }
        return false
    }

    /// The error in the words of Go's clients.
    var description: String {
        switch self {
        case .refused(let refusal):
            "\(refusal.errorCode): \(refusal.message) (\(refusal.cause)) [\(refusal.index)]"
        case .status(let status): "etcd answered with HTTP \(status)"
        case .unreachable(let reason): "cannot connect to etcd: \(reason)"
        case .cut(let reason): "etcd did not answer: \(reason)"
        }
    }
}
