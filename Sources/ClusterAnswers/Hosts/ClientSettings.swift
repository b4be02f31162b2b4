import HostFiles

/// How programs of a host are told of etcd and fleet: by their environment (`FLEET_AGENT_TTL`), or by lines of a file
/// (`agent_ttl="30s"` in fleet.conf).
public struct ClientSettings: Hashable, Sendable {
    /// By name. Of two lines with one name the later counts.
    public private(set) var values: [String: String] = [:]

    public init() {}

    /// Reads lines `NAME=value`. Lines of another form are passed over: a program's environment may have any.
    public init(_ text: String) {
        for line in text.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init) {
            guard line.utf8.count <= Self.lineBytesMax, values.count < Self.valuesMax,
                let assignment = try? ShellAssignment(line.trimmingBlanks), !assignment.value.isEmpty
            else { continue }
            values[assignment.key] = assignment.value
        }
    }

    private static let lineBytesMax = 4096
    private static let valuesMax = 256

    public subscript(name: String) -> String? { values[name] }

    /// The parts of a list with commas; none where there is no such value.
    public func list(_ name: String) -> [String] {
        (values[name] ?? "").split(separator: ",").map { String($0.trimmingBlanks) }
    }
}
