public import HostFiles

/// A directory of etcd's v2 store with all that is below it: the answer to `GET /v2/keys/…?recursive=true`.
public struct EtcdTree: Hashable, Sendable {
    /// A key that has a value.
    public struct Leaf: Hashable, Sendable {
        /// The parts of the key, from the directory on.
        public var path: [String]
        public var value: String
        /// The time that is left of the key, rounded up to seconds; nil where the key stays for ever.
        public var ttl: Duration?
        /// etcd's index of the key's last write.
        public var index: UInt64

        public var name: String { path.last ?? "" }
    }

    /// The keys that have a value, in the order of the answer.
    public var leaves: [Leaf]
    /// Directories without a key in them.
    public var emptyDirectories: [[String]]

    /// The most keys that are read.
    private static let keysMax = 100_000

    /// A directory that is not there is empty.
    ///
    /// - Throws: `MalformedText` for anything that is no directory, for other errors of etcd's, and for names
    ///   that cannot be shown.
    public init(_ body: String) throws(MalformedText) {
        try TextBounds.list.check(body, as: .etcdTree)
        let answer = try JSONText.decode(EtcdDirectory.self, from: body, as: .etcdTree)
        leaves = []
        emptyDirectories = []
        if answer.errorCode == EtcdV2Error.keyNotFound { return }
        guard let directory = answer.node, directory.dir == true else {
            throw .unexpected(.etcdTree, found: answer.message ?? "a key", expected: "a directory")
        }
        let depth = Self.parts(of: directory.key).count
        for node in directory.nodes ?? [] { try take(node, below: depth) }
    }

    private init(leaves: [Leaf], emptyDirectories: [[String]]) {
        self.leaves = leaves
        self.emptyDirectories = emptyDirectories
    }

    private mutating func take(_ node: EtcdDirectory.Node, below depth: Int) throws(MalformedText) {
        let path = Array(Self.parts(of: node.key).dropFirst(depth))
        guard !path.isEmpty, path.allSatisfy({ ForeignText.isClean($0) }) else {
            throw .unexpected(.etcdTree, found: node.key, expected: "a key below its directory")
        }
        guard leaves.count < Self.keysMax else {
            throw MalformedText(subject: .etcdTree, problem: .tooManyLines(linesMax: Self.keysMax))
        }
        if node.dir == true {
            let nodes = node.nodes ?? []
            if nodes.isEmpty { emptyDirectories.append(path) }
            for node in nodes { try take(node, below: depth) }
        } else if let value = node.value, let index = node.modifiedIndex {
            let ttl = node.ttl.flatMap { $0 >= 0 ? Duration(clamping: Double($0)) : nil }
            leaves.append(Leaf(path: path, value: value, ttl: ttl, index: index))
        }
    }

    private static func parts(of key: String) -> [String] { key.split(separator: "/").map(String.init) }

    /// The value of a key: `platform/version`.
    public subscript(_ key: String) -> String? {
        let path = Self.parts(of: key)
        return leaves.first { $0.path == path }?.value
    }

    /// The part of the tree that is below a directory. The part is empty where there is no such directory.
    public func below(_ directory: String) -> EtcdTree {
        let path = Self.parts(of: directory)
        return EtcdTree(
            leaves: leaves.filter { $0.path.starts(with: path) && $0.path.count > path.count }.map { leaf in
                var leaf = leaf
                leaf.path.removeFirst(path.count)
                return leaf
            },
            emptyDirectories: emptyDirectories.filter { $0.starts(with: path) && $0.count > path.count }.map {
                Array($0.dropFirst(path.count))
            })
    }
}
