public import RolloutModel
import Rollouts

/// The requests that clients made of a cluster's routers of late, from the routers' own logs on their hosts.
///
/// A router writes a line for each request, with the `Host:` that was asked for third from its end
/// (router/rootfs/etc/confd/templates/nginx.conf: `log_format upstreaminfo`); systemd's journal keeps it for the unit.
/// Requests of turnstile's own are left out, by their `User-Agent`. The names of applications are looked for: scanners and
/// health checks ask for any other name, or for an address, and would crowd these out.
public struct RouterAccess: Sendable {
    let shell: HostShell
    let hosts: [HostID]

    public init(shell: HostShell, hosts: [HostID]) {
        self.shell = shell
        self.hosts = hosts
    }

    /// The script's output on a host that has no router.
    private static let noRouter = "@none\n@end\n"

    /// Prints a count for each name that was looked for and asked for, and the count of all other requests. Reads the
    /// number of minutes, and the names, a line each. The output is no longer than the names are, however busy routers are.
    static let script: HostCommand.StaticText = #"""
        exec sudo -n /bin/sh -c '
        IFS= read -r minutes || exit 75
        case $minutes in ""|*[!0-9]*) exit 75 ;; esac
        units=$(systemctl list-units --all --no-legend --no-pager --plain "deis-router@*" </dev/null) || exit 74
        for unit in $units; do
            case $unit in deis-router@*.service) set -- "$@" "--unit=$unit" ;; esac
        done
        [ $# -gt 0 ] || { printf "@none\n@end\n"; exit 0; }
        { cat && printf "@log\n" &&
            journalctl "$@" --since="-${minutes}min" --output=cat --quiet --no-pager </dev/null ||
            printf "@unreadable\n"; } |
        awk -F" - " "
            !isLog { if (\$0 == \"@log\") isLog = 1; else isKnown[\$0] = 1; next }
            /^@unreadable/ { isBad = 1 }
            NF >= 13 && index(\$0, \"\\\"turnstile\\\"\") == 0 {
                name = tolower(\$(NF - 2))
                sub(/:[0-9]*\$/, \"\", name)
                sub(/[.]\$/, \"\", name)
                if (name in isKnown) count[name]++; else others++
            }
            END {
                if (isBad || !isLog) { print \"@unreadable\"; exit }
                for (name in count) print count[name], name
                print \"@others\", others + 0
            }" && printf "@end\n"'
        """#

    /// - Parameters:
    ///   - names: the names that are looked for. Requests for any other name, or for an address, are counted together.
    ///   - minutes: how far back.
    /// - Returns: unknown where one of the hosts did not tell, or none of them has a router.
    public func requests(for names: Set<DomainName>, minutes: Int) async -> Observation<RouterRequests> {
        let input = (["\(minutes)"] + names.sorted().map(\.text)).map { $0 + "\n" }.joined()
        let found = await withTaskGroup(of: Observation<RouterRequests?>.self) { group in
            for host in hosts { group.addTask { await requests(on: host, input) } }
            return await group.reduce(into: [Observation<RouterRequests?>]()) { $0.append($1) }
        }
        return Self.sum(found)
    }

    /// The requests of all hosts together. Hosts without a router alone are not the old cluster's, and prove nothing.
    ///
    /// - Parameter found: the requests of each host; nil for one without a router.
    static func sum(_ found: [Observation<RouterRequests?>]) -> Observation<RouterRequests> {
        var sum = RouterRequests(names: [:], others: 0)
        var hasRouter = false
        for host in found {
            switch host {
            case .unknown(let why): return .unknown(why)
            case .seen(.none): break
            case .seen(.some(let requests)):
                hasRouter = true
                sum.add(requests)
            }
        }
        return hasRouter ? .seen(sum) : .unknown("no host of turnstile.yaml has a router")
    }

    /// - Returns: nil for a host without a router.
    private func requests(on host: HostID, _ input: String) async -> Observation<RouterRequests?> {
        do throws(HostFault) {
            let result = try await shell.run(
                host, HostCommand(Self.script, input: Array(input.utf8), deadline: .seconds(60)))
            if result.exitStatus == 0, result.outputText == Self.noRouter { return .seen(nil) }
            guard result.exitStatus == 0, let requests = Self.requests(in: result.outputText) else {
                return .unknown("on '\(host)': its routers' log cannot be read: \(result.ending)")
            }
            return .seen(requests)
        } catch {
            return .unknown("on '\(host)': \(error.why)")
        }
    }

    /// - Returns: nil for an output that was cut off, or is none of the script's.
    static func requests(in output: String) -> RouterRequests? {
        var lines = output.split(separator: "\n")[...]
        guard lines.popLast() == "@end", let others = lines.popLast()?.split(separator: " "),
            others.count == 2,
            others[0] == "@others", let count = Int(others[1]), count >= 0
        else { return nil }
        var requests = RouterRequests(names: [:], others: count)
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let count = Int(words[0]), count >= 0, let name = DomainName(words[1])
            else {
                return nil
            }
            requests.add(RouterRequests(names: [name: count], others: 0))
        }
        return requests
    }
}
