import Foundation
import RolloutModel
import Rollouts
import Synchronization

@testable import Coordinator

/// The etcd of a cluster, as the curl of any host finds it: one key in each API, and the effect of a compare-and-swap
/// on it.
final class FakeEtcd: Sendable {
    struct Node: Hashable, Sendable {
        var value: String
        var revision: UInt64
    }

    /// The outcome of a write.
    enum Fate: Sendable {
        /// The request is lost, and so is its answer.
        case lostBefore
        case lostAfter
        /// The write is answered in this way, and not done.
        case answered(Int, String)
        /// A write of somebody else comes first.
        case overtaken(by: String)
        case unreachable
    }

    struct State: Sendable {
        var version = #"{"etcdserver":"3.4.23","etcdcluster":"3.4.0"}"#
        var prefix = "/v3"
        var nodes: [EtcdKeyspace: Node] = [:]
        var revision: UInt64 = 10
        /// The APIs that a host serves; hosts that are not listed serve both.
        var served: [HostID: Set<EtcdKeyspace>] = [:]
        var away: Set<HostID> = []
        /// Hosts on which no etcd listens.
        var workers: Set<HostID> = []
        /// Answers in place of the usual ones, by the end of the URL.
        var spoiled: [String: (Int, String)] = [:]
        /// The outcomes of the next writes to each API, in order; later writes succeed.
        var fates: [EtcdKeyspace: [Fate]] = [:]
        /// The hosts that were asked, in order.
        var asked: [HostID] = []
        /// The APIs of the writes that got as far as the comparison.
        var written: [EtcdKeyspace] = []
    }

    let state = Mutex(State())

    init(_ change: (inout State) -> Void = { _ in }) { state.withLock { change(&$0) } }

    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
    func value(_ keyspace: EtcdKeyspace) -> String? { state.withLock { $0.nodes[keyspace]?.value } }
    var asked: [HostID] { state.withLock { $0.asked } }
    var written: [EtcdKeyspace] { state.withLock { $0.written } }

    var shell: HostShell {
        HostShell(
            run: { [self] host, command throws(HostFault) in
                let requests = Self.requests(String(decoding: command.input, as: UTF8.self))
                var text = ""
                for request in requests {
                    let (status, body) = try answer(host, request)
                    text +=
                        "\(body)\n@turnstile-status \(status == 0 ? "000" : "\(status)") 127.0.0.1 127.0.0.1\n"
                }
                return HostCommandResult(output: Array(text.utf8), exitStatus: 0)
            },
            converse: { host, _, _ throws(HostFault) in
                throw HostFault(host: host, kind: .commandFailed, why: "no conversation")
            },
            disconnect: { _ in })
    }

    // MARK: Requests

    private struct Request {
        var path: String
        var data: String?
    }

    /// The requests in curl's configuration, as far as it is used.
    private static func requests(_ configuration: String) -> [Request] {
        configuration.components(separatedBy: "next\n").map { stanza in
            var request = Request(path: "")
            for line in stanza.split(separator: "\n") {
                if let url = line.quoted(after: "url = ") {
                    request.path = url.replacing("http://127.0.0.1:2379", with: "")
                }
                if let data = line.quoted(after: "data = ") { request.data = data }
            }
            return request
        }
    }

    private func answer(_ host: HostID, _ request: Request) throws(HostFault) -> (Int, String) {
        let answer = state.withLock { state -> (Int, String)? in
            if state.asked.last != host { state.asked.append(host) }
            return state.answer(host, request.path, request.data)
        }
        guard let answer else { throw HostFault(host: host, kind: .unreachable, why: "no route to host") }
        return answer
    }
}

extension FakeEtcd.State {
    private static let notFound = (404, "404 page not found\n")

    /// The answer; nil where the host is not reached.
    fileprivate mutating func answer(_ host: HostID, _ path: String, _ data: String?) -> (Int, String)? {
        guard !away.contains(host) else { return nil }
        guard !workers.contains(host) else { return (0, "") }
        if let spoiled = spoiled.first(where: { path.hasSuffix($0.key) }) { return spoiled.value }
        if path == "/version" { return (200, version) }
        let served = served[host] ?? [.v2, .v3]
        if path.hasPrefix("/v2/keys/turnstile/lock") {
            guard served.contains(.v2) else { return Self.notFound }
            guard let data else { return (nodes[.v2] == nil ? 404 : 200, v2Node) }
            return write(.v2, Self.v2Write(data))
        }
        guard served.contains(.v3), path.hasPrefix(prefix + "/kv/") else { return Self.notFound }
        if path.hasSuffix("/range") { return (200, v3Range) }
        return write(.v3, Self.v3Write(data ?? ""))
    }

    private mutating func write(
        _ keyspace: EtcdKeyspace, _ write: (value: String, over: UInt64)
    ) -> (Int, String)? {
        let fate = fates[keyspace]?.isEmpty == false ? fates[keyspace]?.removeFirst() : nil
        switch fate {
        case .lostBefore?: return (0, "")
        case .unreachable?: return nil
        case .answered(let status, let body)?: return (status, body)
        case .overtaken(let value)?: put(value, keyspace)
        case .lostAfter?, nil: break
        }
        written.append(keyspace)
        let fits = (nodes[keyspace]?.revision ?? 0) == write.over
        if fits { put(write.value, keyspace) }
        if case .lostAfter? = fate { return (0, "") }
        switch keyspace {
        case .v2: return fits ? (200, v2Node) : (412, #"{"errorCode":101,"message":"Compare failed"}"#)
        case .v3:
            return (200, #"{"header":{"revision":"\#(revision)"}\#(fits ? #","succeeded":true"# : "")}"#)
        }
    }

    private mutating func put(_ value: String, _ keyspace: EtcdKeyspace) {
        revision += 1
        nodes[keyspace] = .init(value: value, revision: revision)
    }

    private var v2Node: String {
        guard let node = nodes[.v2] else { return #"{"errorCode":100,"message":"Key not found"}"# }
        let value = String(decoding: (try? JSONEncoder().encode(node.value)) ?? Data(), as: UTF8.self)
        return #"{"action":"get","node":{"value":\#(value),"modifiedIndex":\#(node.revision)}}"#
    }

    private var v3Range: String {
        guard let node = nodes[.v3] else { return #"{"header":{"revision":"\#(revision)"}}"# }
        let value = Data(node.value.utf8).base64EncodedString()
        return
            #"{"header":{"revision":"\#(revision)"},"kvs":[{"mod_revision":"\#(node.revision)","value":"\#(value)"}]}"#
    }

    private static func v2Write(_ form: String) -> (value: String, over: UInt64) {
        let fields = form.split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1).map(String.init)
        }
        let value = fields.first { $0[0] == "value" }?[1].removingPercentEncoding
        let over = fields.first { $0[0] == "prevIndex" }.flatMap { UInt64($0[1]) }
        return (value ?? "", over ?? 0)
    }

    private static func v3Write(_ json: String) -> (value: String, over: UInt64) {
        struct Transaction: Decodable {
            struct Compare: Decodable { var mod_revision: String }
            struct Success: Decodable { var request_put: Put }
            struct Put: Decodable { var value: Data }
            var compare: [Compare]
            var success: [Success]
        }
        guard let transaction = try? JSONDecoder().decode(Transaction.self, from: Data(json.utf8)) else {
            return ("", .max)
        }
        return (
            String(decoding: transaction.success[0].request_put.value, as: UTF8.self),
            UInt64(transaction.compare[0].mod_revision) ?? .max
        )
    }
}

extension Substring {
    /// A quoted value, as in curl's configuration.
    fileprivate func quoted(after name: String) -> String? {
        guard hasPrefix(name + "\""), hasSuffix("\"") else { return nil }
        return String(dropFirst(name.count + 1).dropLast()).replacing(#"\""#, with: "\"").replacing(
            #"\\"#, with: #"\"#)
    }
}
