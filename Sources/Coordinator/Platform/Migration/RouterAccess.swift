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

    /// Prints a count for each name that was looked for and asked for, and the count of all other requests; then how late
    /// the journal begins, and what journald says that it dropped (systemd's MESSAGE_IDs of "Suppressed 9 messages from
    /// UNIT", where old ones name a slice of units, and of "Missed 9 messages"). Reads the number of minutes, and the
    /// names, a line each. The output is no longer than the names are, however busy routers are. A router that has left
    /// the host since is known by the journal.
    static let script: HostCommand.StaticText = #"""
        exec sudo -n /bin/sh -c '
        IFS= read -r minutes || exit 75
        case $minutes in ""|*[!0-9]*) exit 75 ;; esac
        start=$(($(date +%s) - minutes * 60))
        units=$(systemctl list-units --all --no-legend --no-pager --plain "deis-router@*" </dev/null) || exit 74
        logged=$(journalctl --field=_SYSTEMD_UNIT --quiet --no-pager </dev/null) || exit 74
        for unit in $units $logged; do
            case $unit in deis-router@*.service) set -- "$@" "--unit=$unit" ;; esac
        done
        first=$(journalctl --system --output=short-unix --quiet --no-pager </dev/null | head -n 1)
        first=${first%%[!0-9]*}
        [ -n "$first" ] || exit 74
        dropped=$(journalctl --since="-${minutes}min" --output=cat --quiet --no-pager </dev/null \
            MESSAGE_ID=a596d6fe7bfa4994828e72309e95d61e MESSAGE_ID=e9bf28e6e834481bb6f48f548ad13606) || exit 74
        dropped=$(printf "%s\n" "$dropped" | awk "
            /router/ || (/^Missed/ && !/kernel/) { sum += (\$2 + 0 > 0 ? \$2 : 1) }
            END { printf \"%d\", sum }")
        { if [ $# -eq 0 ]; then printf "@none\n"; else
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
            }"
        fi; } && printf "@late %d\n@dropped %s\n@end\n" $((first - start)) "$dropped"'
        """#

    /// The answer of one host.
    struct HostLog: Hashable, Sendable {
        var requests: RouterRequests
        /// False where no router runs there, and none has left a line in its journal.
        var hasRouter: Bool
    }

    /// - Parameters:
    ///   - names: the names that are looked for. Requests for any other name, or for an address, are counted together.
    ///   - minutes: how far back.
    /// - Returns: unknown where one of the hosts did not tell, or none of them has a router.
    public func requests(for names: Set<DomainName>, minutes: Int) async -> Observation<RouterRequests> {
        let input = (["\(minutes)"] + names.sorted().map(\.text)).map { $0 + "\n" }.joined()
        let found = await withTaskGroup(of: (HostID, Observation<HostLog>).self) { group in
            for host in hosts { group.addTask { (host, await log(of: host, input)) } }
            return await group.reduce(into: [HostID: Observation<HostLog>]()) { $0[$1.0] = $1.1 }
        }
        return Self.sum(hosts.compactMap { found[$0] })
    }

    /// The requests of all hosts together. Hosts without a router alone are not the old cluster's, and prove nothing.
    static func sum(_ found: [Observation<HostLog>]) -> Observation<RouterRequests> {
        var sum = RouterRequests(names: [:], others: 0)
        var (untold, hasRouter): ([String], Bool) = ([], false)
        for host in found {
            switch host {
            case .unknown(let why): untold.append(why)
            case .seen(let log):
                hasRouter = hasRouter || log.hasRouter
                sum.add(log.requests)
            }
        }
        guard untold.isEmpty else { return .unknown(untold.joined(separator: "; ")) }
        return hasRouter ? .seen(sum) : .unknown("no host of turnstile.yaml has a router")
    }

    private func log(of host: HostID, _ input: String) async -> Observation<HostLog> {
        do throws(HostFault) {
            let result = try await shell.run(
                host, HostCommand(Self.script, input: Array(input.utf8), deadline: .seconds(60)))
            guard result.exitStatus == 0, let log = Self.log(result.outputText, of: host) else {
                return .unknown("on '\(host)': its routers' log cannot be read: \(result.ending)")
            }
            return .seen(log)
        } catch {
            return .unknown("on '\(host)': \(error.why)")
        }
    }

    /// - Returns: nil for an output that was cut off, or is none of the script's.
    static func log(_ output: String, of host: HostID) -> HostLog? {
        var lines = output.split(separator: "\n")[...]
        guard lines.popLast() == "@end", let dropped = number(lines.popLast(), "@dropped"), dropped >= 0,
            let late = number(lines.popLast(), "@late")
        else { return nil }
        var gaps: [RouterLogGap] = []
        if late > 0 { gaps.append(.init(host: host, why: .beginsLate(by: Duration(clamping: Double(late))))) }
        if dropped > 0 { gaps.append(.init(host: host, why: .dropped(messages: dropped))) }
        if lines == ["@none"] {
            return HostLog(requests: .init(names: [:], others: 0, gaps: gaps), hasRouter: false)
        }
        guard let others = number(lines.popLast(), "@others"), others >= 0 else { return nil }
        var requests = RouterRequests(names: [:], others: others, gaps: gaps)
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let count = Int(words[0]), count >= 0, let name = DomainName(words[1])
            else { return nil }
            requests.add(RouterRequests(names: [name: count], others: 0))
        }
        return HostLog(requests: requests, hasRouter: true)
    }

    /// The number in a line that begins with a word.
    private static func number(_ line: Substring?, _ word: String) -> Int? {
        guard let words = line?.split(separator: " "), words.count == 2, words[0] == word,
            let number = Int(words[1]), (-numberMax...numberMax).contains(number)
        else { return nil }
        return number
    }

    /// The most seconds, messages or requests that a host can tell: an answer with more is none of the script's.
    private static let numberMax = 1 << 48
}
