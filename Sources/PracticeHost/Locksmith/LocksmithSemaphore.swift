#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// locksmith's semaphore as locksmith itself keeps it (facts 8): written here apart from `HostFiles`, whose readers are
/// tried on it.
struct LocksmithSemaphore: Decodable, Hashable, Sendable {
    var semaphore: Int
    var max: Int
    /// nil until somebody locked.
    var holders: [String]?

    static let initial = LocksmithSemaphore(semaphore: 1, max: 1, holders: nil)

    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    mutating func lock(_ id: String) throws {
        guard semaphore > 0 else { throw Refusal(description: "semaphore is at \(semaphore)") }
        guard holders?.contains(id) != true else { throw Refusal(description: "holder exists") }
        holders = ((holders ?? []) + [id]).sorted()
        semaphore -= 1
    }

    mutating func unlock(_ id: String) throws {
        guard let index = holders?.firstIndex(of: id) else {
            throw Refusal(description: "holder does not exist")
        }
        holders?.remove(at: index)
        semaphore += 1
    }

    mutating func setMax(_ next: Int) {
        semaphore += next - max
        max = next
    }

    /// Go writes fields in their order.
    var json: String {
        let names = holders.map { "[" + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]" } ?? "null"
        return #"{"semaphore":\#(semaphore),"max":\#(max),"holders":\#(names)}"#
    }
}

/// Where it is kept: etcd's v2 keys.
struct LocksmithStore: Sendable {
    /// Empty for the semaphore without one.
    var group = ""
    var etcd = PlainHTTP(port: 2379, deadline: .seconds(3))

    private var path: String {
        let root = "/v2/keys/coreos.com/updateengine/rebootlock"
        // Escaped once for the name of the directory, as Go escapes a query, and once more for the path.
        let name = group.percentEncoded.split(separator: "%20", omittingEmptySubsequences: false)
            .joined(separator: "+").percentEncoded
        return group.isEmpty ? "\(root)/semaphore" : "\(root)/groups/\(name)/semaphore"
    }

    /// Every command makes the key first, where it is not there (facts 0.25).
    func prepare() throws {
        let answer = try put(.initial, condition: "prevExist=false")
        guard [201, 412].contains(answer.status) else { throw refusal(answer) }
    }

    func read() throws -> (semaphore: LocksmithSemaphore, index: UInt64) {
        let answer = try etcd.exchange("GET", path + "?quorum=true")
        guard answer.status == 200 else { throw refusal(answer) }
        let node = try JSONDecoder().decode(Answer.self, from: Data(answer.body)).node
        return (
            try JSONDecoder().decode(LocksmithSemaphore.self, from: Data(node.value.utf8)), node.modifiedIndex
        )
    }

    /// Once: whoever was quicker is an error to the real one, too.
    func change(_ body: (inout LocksmithSemaphore) throws -> Void) throws {
        var (semaphore, index) = try read()
        try body(&semaphore)
        let answer = try put(semaphore, condition: "prevIndex=\(index)")
        guard answer.status == 200 else { throw refusal(answer) }
    }

    private func put(_ semaphore: LocksmithSemaphore, condition: String) throws -> PlainHTTP.Answer {
        try etcd.exchange("PUT", path, form: "value=\(semaphore.json.percentEncoded)&\(condition)")
    }

    private func refusal(_ answer: PlainHTTP.Answer) -> LocksmithSemaphore.Refusal {
        .init(
            description:
                "etcd answered \(answer.status): \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
    }

    private struct Answer: Decodable {
        var node: Node

        struct Node: Decodable {
            var value: String
            var modifiedIndex: UInt64
        }
    }
}
