public import RolloutModel
import Rollouts

/// The requests that clients made of a cluster's routers of late, from the routers' own logs on their hosts.
///
/// A router writes a line for each request, with the `Host:` that was asked for third from its end
/// (router/rootfs/etc/confd/templates/nginx.conf: `log_format upstreaminfo`); systemd's journal keeps it for the unit.
/// Requests of turnstile's own are left out, by their `User-Agent`.
public struct RouterAccess: Sendable {
    let shell: HostShell
    let hosts: [HostID]

    public init(shell: HostShell, hosts: [HostID]) {
        self.shell = shell
        self.hosts = hosts
    }

    /// The script's output on a host that has no router.
    private static let noRouter = "@none\n@end\n"

    /// Prints a count and a host's name for each name that was asked for. Reads the number of minutes.
    static let script: HostCommand.StaticText = #"""
        exec sudo -n /bin/sh -c '
        IFS= read -r minutes || exit 75
        case $minutes in ""|*[!0-9]*) exit 75 ;; esac
        units=$(systemctl list-units --all --no-legend --no-pager --plain "deis-router@*") || exit 74
        for unit in $units; do
            case $unit in deis-router@*.service) set -- "$@" "--unit=$unit" ;; esac
        done
        [ $# -gt 0 ] || { printf "@none\n@end\n"; exit 0; }
        { journalctl "$@" --since="-${minutes}min" --output=cat --quiet --no-pager ||
            printf "@unreadable\n"; } |
        awk -F" - " "
            /^@unreadable/ { isBad = 1 }
            NF >= 13 && index(\$0, \"\\\"turnstile\\\"\") == 0 { count[\$(NF - 2)]++ }
            END { if (isBad) print \"@unreadable\"; else for (name in count) print count[name], name }" |
        sort -rn | head -n 2000
        printf "@end\n"'
        """#

    /// - Parameter minutes: how far back.
    /// - Returns: the requests by the name that was asked for; unknown where one of the hosts did not tell, or none of
    ///   them has a router.
    public func requests(minutes: Int) async -> Observation<[String: Int]> {
        let found = await withTaskGroup(of: Observation<[String: Int]?>.self) { group in
            for host in hosts { group.addTask { await requests(on: host, minutes) } }
            return await group.reduce(into: [Observation<[String: Int]?>]()) { $0.append($1) }
        }
        return Self.sum(found)
    }

    /// The requests of all hosts together. Hosts without a router alone are not the old cluster's, and prove nothing.
    ///
    /// - Parameter found: the requests of each host; nil for one without a router.
    static func sum(_ found: [Observation<[String: Int]?>]) -> Observation<[String: Int]> {
        var sum: [String: Int] = [:]
        var hasRouter = false
        for host in found {
            switch host {
            case .unknown(let why): return .unknown(why)
            case .seen(.none): break
            case .seen(.some(let counts)):
                hasRouter = true
                sum.merge(counts) { $0.adding(clamping: $1) }
            }
        }
        return hasRouter ? .seen(sum) : .unknown("no host of turnstile.yaml has a router")
    }

    /// - Returns: nil for a host without a router.
    private func requests(on host: HostID, _ minutes: Int) async -> Observation<[String: Int]?> {
        do throws(HostFault) {
            let result = try await shell.run(
                host, HostCommand(Self.script, input: Array("\(minutes)\n".utf8), deadline: .seconds(60)))
            if result.exitStatus == 0, result.outputText == Self.noRouter { return .seen(nil) }
            guard result.exitStatus == 0, let counts = Self.counts(in: result.outputText) else {
                return .unknown("on '\(host)': its routers' log cannot be read: \(result.ending)")
            }
            return .seen(counts)
        } catch {
            return .unknown("on '\(host)': \(error.why)")
        }
    }

    /// - Returns: nil for an output that was cut off, or is none of the script's.
    static func counts(in output: String) -> [String: Int]? {
        var lines = output.split(separator: "\n")[...]
        guard lines.popLast() == "@end" else { return nil }
        var counts: [String: Int] = [:]
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let count = Int(words[0]), count >= 0 else { return nil }
            // A name comes with its port where the client asked for one.
            let name = ForeignText.line(words[1].prefix { $0 != ":" }.lowercased(), charactersMax: 255)
            counts[name] = (counts[name] ?? 0).adding(clamping: count)
        }
        return counts
    }
}
