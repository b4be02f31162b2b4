/// What an audit runs on a host: one POSIX sh text, read-only, that prints each thing under a heading of its own. What
/// is missing prints nothing, and is shown as missing.
enum AuditFragment {
    enum Section: String, CaseIterable {
        case osRelease = "os-release"
        case machineID = "machine-id"
        case bootID = "boot-id"
        case uptime
        case flatcarUpdateConfiguration = "/etc/flatcar/update.conf"
        case flatcarImageConfiguration = "/usr/share/flatcar/update.conf"
        case coreosUpdateConfiguration = "/etc/coreos/update.conf"
        case coreosImageConfiguration = "/usr/share/coreos/update.conf"
        case engine
        case pending
        case rootdev
        case partitions
        case etcd
        case agent
    }

    static let marker = "@turnstile "

    static let text: HostCommand.StaticText = """
        s() { printf '\\n@turnstile %s\\n' "$1"; }
        s os-release; cat /etc/os-release 2>/dev/null
        s machine-id; cat /etc/machine-id 2>/dev/null
        s boot-id; cat /proc/sys/kernel/random/boot_id 2>/dev/null
        s uptime; cat /proc/uptime 2>/dev/null
        for f in /etc/flatcar/update.conf /usr/share/flatcar/update.conf /etc/coreos/update.conf \
        /usr/share/coreos/update.conf; do s "$f"; cat "$f" 2>/dev/null; done
        s engine; systemctl show -p LoadState -p ActiveState -p UnitFileState update-engine.service 2>/dev/null
        s pending; if [ -e /run/update_engine_autoupdate_completed ]; then echo yes; fi
        p=$(rootdev -s /usr 2>/dev/null || sudo -n rootdev -s /usr 2>/dev/null)
        s rootdev; echo "$p"
        n=${p##*[!0-9]}; d=${p%"$n"}; case $d in *[0-9]p) d=${d%p} ;; esac
        s partitions; if [ -n "$d" ]; then sudo -n cgpt show "$d" 2>/dev/null; fi
        s etcd; curl --silent --max-time 2 http://127.0.0.1:2379/version 2>/dev/null
        s agent; /opt/bin/turnstile-agent --version 2>/dev/null
        s end
        """

    /// The text under each heading that was printed.
    static func sections(in output: String) -> [Section: String] {
        var sections: [Section: [Substring]] = [:]
        var current: Section?
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(marker) {
                current = Section(rawValue: String(line.dropFirst(marker.count)))
            } else if let current {
                sections[current, default: []].append(line)
            }
        }
        return sections.mapValues { lines in
            // The blank line before each heading is the fragment's own.
            (lines.last == "" ? lines.dropLast() : lines[...]).joined(separator: "\n")
        }
    }
}
