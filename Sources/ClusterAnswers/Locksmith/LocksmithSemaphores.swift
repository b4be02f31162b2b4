public import HostFiles

/// `GET /v2/keys/coreos.com/updateengine/rebootlock?recursive=true`: the semaphore of the cluster, and that of each
/// group of hosts (facts 8).
public struct LocksmithSemaphores: Hashable, Sendable {
    /// By group; first the one without.
    public var entries: [Entry]

    public struct Entry: Hashable, Sendable {
        /// The name of the key's directory, url-escaped as locksmith wrote it; nil for the semaphore without a group.
        public var group: String?
        public var status: LocksmithStatus
        /// Of the last write: what a compare-and-swap names.
        public var revision: UInt64

        public init(group: String? = nil, status: LocksmithStatus, revision: UInt64) {
            self.group = group
            self.status = status
            self.revision = revision
        }
    }

    /// Where they are in etcd's v2 store.
    public static let directory = "coreos.com/updateengine/rebootlock"

    /// - Throws: `MalformedText` for anything but such a directory, or etcd's word that there is none; for a semaphore
    ///   that locksmith would not have written; and where the API is not served (a 404 without error code).
    public init(_ body: String) throws(MalformedText) {
        try TextBounds.list.check(body, as: .locksmithSemaphore)
        let answer = try JSONText.decode(EtcdDirectory.self, from: body, as: .locksmithSemaphore)
        entries = []
        if answer.errorCode == EtcdV2Error.keyNotFound { return }
        guard let root = answer.node, root.dir == true else {
            throw .unexpected(
                .locksmithSemaphore, found: answer.message ?? "a key", expected: "a directory of semaphores")
        }
        for node in root.nodes ?? [] {
            switch node.name {
            case "semaphore": entries.append(try Self.entry(node, of: nil))
            case "groups":
                for group in node.nodes ?? [] {
                    for node in group.nodes ?? [] where node.name == "semaphore" {
                        entries.append(try Self.entry(node, of: group.name))
                    }
                }
            default: continue
            }
        }
        entries.sort { ($0.group ?? "") < ($1.group ?? "") }
        guard entries.count <= Self.groupsMax else {
            throw .unexpected(
                .locksmithSemaphore, found: "\(entries.count) semaphores",
                expected: "no more than \(Self.groupsMax)")
        }
    }

    private static let groupsMax = 64

    private static func entry(_ node: EtcdDirectory.Node, of group: String?) throws(MalformedText) -> Entry {
        guard let value = node.value, let revision = node.modifiedIndex else {
            throw .missing(.locksmithSemaphore, "the value of \(node.key)")
        }
        let status = try LocksmithStatus(json: value)
        try status.check()
        return Entry(group: group, status: status, revision: revision)
    }
}

extension LocksmithStatus {
    /// Checks that the counts of a semaphore agree. locksmith itself never writes others, and changing such a value
    /// would overwrite somebody's edit.
    func check() throws(MalformedText) {
        // A maximum of 0 or less is valid, and means that no host may reboot (facts 0.50).
        guard (-Self.slotsMax...Self.slotsMax).contains(max), available == max - holders.count,
            Set(holders).count == holders.count
        else {
            throw .unexpected(
                .locksmithSemaphore, found: json,
                expected: "up to \(Self.slotsMax) slots, as many taken as there are holders")
        }
        let isPlain = holders.allSatisfy { id in
            (1...Self.holderBytesMax).contains(id.utf8.count)
                && id.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
        }
        guard isPlain else {
            throw .unexpected(.locksmithSemaphore, found: json, expected: "holders that can be printed")
        }
    }

    private static let slotsMax = 100
    private static let holderBytesMax = 256

    /// The value of the semaphore's key, byte for byte as locksmith writes it.
    public var json: String {
        let holders = "[" + self.holders.sorted().map(Self.quoted).joined(separator: ",") + "]"
        return #"{"semaphore":\#(available),"max":\#(max),"holders":\#(holders)}"#
    }

    /// As Go's encoding/json quotes a text.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += #"\n"#
            case "\r": quoted += #"\r"#
            case "\t": quoted += #"\t"#
            case "<", ">", "&", "\u{2028}", "\u{2029}": quoted += escaped(scalar)
            case _ where scalar.value < 0x20: quoted += escaped(scalar)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
