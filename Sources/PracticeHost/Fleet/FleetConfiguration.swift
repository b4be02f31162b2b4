/// The keys of `/etc/fleet/fleet.conf` that matter for membership (facts 5.2).
struct FleetConfiguration: Hashable, Sendable {
    static let path = "/etc/fleet/fleet.conf"

    var ttl = Duration.seconds(30)
    var publicIP = ""
    var metadata: [String: String] = [:]

    /// `key="value"` lines; `metadata` is `k=v,k=v`.
    init(text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1).map(Self.bare)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "agent_ttl": ttl = Self.time(parts[1]) ?? ttl
            case "public_ip": publicIP = parts[1]
            case "metadata": metadata = Self.metadata(parts[1])
            default: break
            }
        }
    }

    private static func bare(_ text: Substring) -> String {
        String(decoding: text.utf8.filter { $0 != 0x22 && $0 != 0x20 }, as: UTF8.self)
    }

    /// `30s`; Go's other durations are not used here.
    private static func time(_ text: String) -> Duration? {
        guard text.hasSuffix("s"), let seconds = Int(text.dropLast()), seconds > 0 else { return nil }
        return .seconds(seconds)
    }

    private static func metadata(_ text: String) -> [String: String] {
        var metadata: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            metadata[String(parts[0])] = String(parts[1])
        }
        return metadata
    }
}
