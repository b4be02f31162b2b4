import Foundation

/// The state of a host, read without any program of Turnstile's.
struct HostEvidence: Hashable, Sendable {
    var version: String
    var bootID: String
    var boots: Int
    /// The running partition's device, and its bare attributes P/T/S.
    var booted: String
    var attributes: String
    var updateConfiguration: String
    var engineEnabled: String
    var engineActive: String
    var systemState: String

    static func read(_ cluster: PracticeCluster, _ host: String) async throws -> HostEvidence {
        let text = try await cluster.onHost(
            host,
            """
            . /etc/os-release; echo "$VERSION_ID"
            cat /proc/sys/kernel/random/boot_id
            journalctl --list-boots --no-pager -q | wc -l
            p=$(rootdev -s /usr); echo "$p"
            n=${p##*[!0-9]}; d=${p%p$n}
            echo "$(cgpt show -i $n -P $d)/$(cgpt show -i $n -T $d)/$(cgpt show -i $n -S $d)"
            enabled=$(systemctl is-enabled update-engine.service 2>/dev/null || true)
            echo "${enabled:-not-found}"
            systemctl is-active update-engine.service || true
            systemctl is-system-running || true
            base64 -w0 /etc/coreos/update.conf
            """)
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count == 9, let boots = Int(lines[2]), let conf = Data(base64Encoded: lines[8]) else {
            throw PracticeCluster.Failure(what: "evidence of \(host) is not readable: \(text)")
        }
        return HostEvidence(
            version: lines[0], bootID: lines[1], boots: boots, booted: lines[3], attributes: lines[4],
            updateConfiguration: String(decoding: conf, as: UTF8.self), engineEnabled: lines[5],
            engineActive: lines[6], systemState: lines[7])
    }

    static func readAll(_ cluster: PracticeCluster) async throws -> [String: HostEvidence] {
        var all: [String: HostEvidence] = [:]
        for name in cluster.names { all[name] = try await read(cluster, name) }
        return all
    }
}

extension PracticeCluster {
    /// The number of times that the engine logged its start.
    func engineStartsInThisBoot(_ host: String) async throws -> Int {
        let text = try await onHost(
            host,
            "journalctl -b -u update-engine.service -o cat -q --no-pager | grep -c 'Update Engine starting' || true"
        )
        guard let count = Int(text) else { throw Failure(what: "starts of \(host)'s engine: \(text)") }
        return count
    }
}

/// The time during which a host was out, by its own journal: from the beginning of its shutdown until its boot flags
/// were updated.
struct Absence: Hashable, Sendable {
    var host: String
    /// Microseconds since 1970, by the one clock of all hosts of this machine.
    var from: Int64
    var until: Int64

    static func read(_ cluster: PracticeCluster, _ host: String) async throws -> Absence {
        let text = try await cluster.onHost(
            host,
            """
            last() { journalctl -b -1 -o json --output-fields=MESSAGE -q --no-pager | grep -E "$1" | tail -n 400; }
            # One that lost its power says nothing of its end: then what was stopped for its update is the nearest.
            { last 'System is rebooting' | tail -n 1
              last 'Reached target .*(Shutdown|Reboot)|Stopped target|Stopping '; } | head -n 1
            journalctl -b 0 -u update-engine.service -o json --output-fields=MESSAGE -q --no-pager \
              | grep 'Updating boot flags' | tail -n 1
            """)
        let times = try text.split(separator: "\n").map { line -> Int64 in
            let entry = try JSONDecoder().decode(Entry.self, from: Data(line.utf8))
            return Int64(entry.__REALTIME_TIMESTAMP) ?? 0
        }
        guard times.count == 2, times[0] > 0, times[0] < times[1] else {
            throw PracticeCluster.Failure(what: "absence of \(host) is not readable: \(text)")
        }
        return Absence(host: host, from: times[0], until: times[1])
    }

    private struct Entry: Decodable { var __REALTIME_TIMESTAMP: String }
}
