import HostFiles

/// The program an audit runs on a host: one read-only POSIX sh text that prints each fact under its own heading.
/// Missing facts print nothing, and are shown as missing.
///
/// Twelve processes on a host that has everything: one grep reads every file that anyone may read, and one sudo covers
/// all that takes root. Where sudo is refused, or missing, the same is tried as the login user.
enum AuditFragment {
    enum Section: String, CaseIterable {
        /// Every file read as the login user, each line with its path before it.
        case files
        case units
        /// Units that are not well; the last line says that systemd answered.
        case failed
        case pending
        case rootdev
        case partitions
        case userData = "user-data"
        /// Files that take root, each line with its path before it.
        case rootFiles = "root-files"
        case etcd
        case fleet
        case docker
        case agent
    }

    /// The files of `files` and `rootFiles`.
    enum Path {
        static let osRelease = "/etc/os-release"
        static let machineID = "/etc/machine-id"
        static let bootID = "/proc/sys/kernel/random/boot_id"
        static let uptime = "/proc/uptime"
        static let kernel = "/proc/sys/kernel/osrelease"
        static let kernelArguments = "/proc/cmdline"
        /// locksmithd's settings in effect, which it writes itself (facts 8).
        static let locksmith = "/run/update-engine/coordinator.conf"
        static let agentRecord = "/var/lib/turnstile/state.json"
        /// The version that ran when an update was last applied (facts 1.7).
        static let previousVersion = "/var/lib/update_engine/prefs/previous-version"
    }

    static let marker = "@turnstile "

    /// `docker --version` and `fleetctl --version` ask no daemon: a question to docker's socket would start it. The
    /// files of user-data are those of facts 10. A root shell is told by a file that only root can read, without a
    /// process. How etcd is asked stands on standard input, with a name that nobody has for the address that sshd was
    /// reached at; what it takes to ask may be root's.
    static let text: HostCommand.StaticText = """
        s() { printf '\\n@turnstile %s\\n' "$1"; }
        s files; grep -as '' /etc/os-release /etc/machine-id /proc/sys/kernel/random/boot_id /proc/uptime \
        /proc/sys/kernel/osrelease /proc/cmdline /run/update-engine/coordinator.conf \
        /etc/flatcar/update.conf /usr/share/flatcar/update.conf /usr/share/flatcar/release \
        /etc/coreos/update.conf /usr/share/coreos/update.conf /usr/share/coreos/release
        s units; systemctl show -p Id -p LoadState -p ActiveState -p UnitFileState update-engine.service \
        locksmithd.service 2>/dev/null
        s failed; systemctl list-units --state=failed,auto-restart --no-legend --no-pager --full 2>/dev/null && echo @ok
        s pending; if [ -e /run/update_engine_autoupdate_completed ]; then echo yes; fi
        set -- $SSH_CONNECTION; a=${3-}
        case $a in *:*%*) a="[${a%%%*}%25${a#*%}]" ;; *:*) a="[$a]" ;; esac; set -- "$a"
        r='
        s() { printf "\\n@turnstile %s\\n" "$1"; }
        p=$(rootdev -s /usr)
        s rootdev; echo "$p"
        n=${p##*[!0-9]}; d=${p%"$n"}; case $d in *[0-9]p) d=${d%p} ;; esac
        s partitions; if [ -n "$d" ]; then cgpt show "$d" 2>&1; fi
        s user-data; sha256sum /var/lib/coreos-install/user_data /var/lib/coreos-vagrant/vagrantfile-user-data \
        /media/configdrive/openstack/latest/user_data /media/configvirtfs/openstack/latest/user_data \
        /usr/share/oem/cloud-config.yml
        s root-files; grep -as "" /var/lib/turnstile/state.json /var/lib/update_engine/prefs/previous-version
        s etcd; while IFS= read -r l; do
        case $l in *address.turnstile.invalid*) \
        l="${l%%address.turnstile.invalid*}$1${l#*address.turnstile.invalid}" ;; esac; printf "%s\\n" "$l"; done |
        curl -q --noproxy "*" --silent --config -
        exit 0'
        if [ -r /proc/1/environ ]; then (eval "$r") 2>/dev/null
        else sudo -n sh -c "$r" sh "$1" 2>/dev/null || (eval "$r") 2>/dev/null; fi
        s fleet; fleetctl --version 2>/dev/null
        s docker; docker --version 2>/dev/null
        s agent; /opt/bin/turnstile-agent --version 2>/dev/null
        s end
        """

    /// The text under each heading that was printed.
    static func sections(in output: String) -> [Section: String] {
        var sections: [Section: [Substring]] = [:]
        var current: Section?
        for line in output.linesOfBytes {
            if let heading = line.after(marker) {
                current = Section(rawValue: String(heading))
            } else if let current {
                sections[current, default: []].append(line)
            }
        }
        return sections.mapValues { lines in
            // The blank line before each heading is the fragment's own.
            (lines.last == "" ? lines.dropLast() : lines[...]).joined(separator: "\n")
        }
    }

    /// The text of each file of which `grep ''` printed lines.
    static func files(in section: String) -> [String: String] {
        var files: [String: String] = [:]
        for line in section.linesOfBytes {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let path = String(line[..<colon])
            files[path, default: ""] += line[line.utf8.index(after: colon)...] + "\n"
        }
        return files
    }
}

extension String {
    /// Parted at line feeds alone: to Swift a CR and its line feed are one character, which is no line feed.
    var linesOfBytes: [Substring] {
        utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
    }
}
