/// The scripts that run on a host to install and remove. The texts are constant: names and digests are lines of their
/// standard input.
///
/// The first line for root's scripts is a directory that stands for `/`: empty on a host, another one in tests.
enum InstallScript {
    /// `exposed` prints each directory on the way to Turnstile's files that a user other than root could change;
    /// `digest` prints a file's SHA-256.
    private static let functions: HostCommand.StaticText = #"""
        exposed() {
            for place in "" /opt /opt/bin /etc /etc/systemd /etc/systemd/system /var /var/lib /var/lib/turnstile; do
                path=$root$place
                if [ -L "$path" ]; then
                    printf "exposed %s link\n" "$path"
                elif [ -e "$path/" ] || [ -e "$path" ]; then
                    access=$(stat -c "%u %A" "$path/") || access=unknown
                    case $access in
                    "0 d"????-??-*) ;;
                    *) printf "exposed %s %s\n" "${path:-/}" "$access" ;;
                    esac
                fi
            done
        }
        digest() { sha256sum <"$1" | cut -d " " -f 1; }
        """#

    /// Prints what `HostSurvey` reads; changes nothing. The record comes last, since it may have any length. An agent
    /// that a user other than root could have put there is not run.
    static let survey: HostCommand.StaticText =
        #"""
        exec sudo -n /bin/sh -c '
        IFS= read -r root || exit
        agent=$root/opt/bin/turnstile-agent unit=$root/etc/systemd/system/turnstile-agent.service
        state=$root/var/lib/turnstile/state.json
        """# + functions + #"""
            file() { [ ! -f "$2" ] || printf "%s %s %s\n" "$1" "$(digest "$2")" "$(stat -L -c %a:%u:%g "$2")"; }
            printf "machine %s\n" "$(uname -m)"
            file agent "$agent"
            exposed
            if [ -x "$agent" ] && [ -z "$(exposed)" ] &&
                [ "$(stat -c "%u:%A" "$agent" | cut -c 1-11)" = 0:-rwxr-xr- ]; then
                printf "version %s\n" "$(timeout 10 "$agent" --version </dev/null 2>/dev/null | head -n 1 | head -c 100)"
            fi
            file unit "$unit"
            printf "enabled %s\n" \
                "$(systemctl ${root:+--root="$root"} is-enabled turnstile-agent.service 2>/dev/null)"
            if [ -e "$state" ]; then
                printf "state %s\n" "$(digest "$state")" && head -c 1048577 "$state"
            else
                printf "state none\n"
            fi'
            """#

    /// Makes a private directory of the login user for the upload, and prints its name.
    ///
    /// The directory goes away with the SSH session at the latest, however the session ends: a watcher waits for the
    /// end of this shell's parent, which is the session's sshd.
    static let makeRoom: HostCommand.StaticText = #"""
        exec /bin/sh -c '
        umask 077
        room=$(mktemp -d /tmp/turnstile-install.XXXXXXXXXX) || exit
        setsid /bin/sh -c "
            tries=0
            while [ -d \"\$1\" ] && [ -d \"/proc/\$2\" ] && [ \$tries -lt 3600 ]; do
                sleep 1
                tries=\$((tries + 1))
            done
            rm -rf -- \"\$1\"" sh "$room" "$PPID" </dev/null >/dev/null 2>&1 &
        printf "%s\n" "$room"'
        """#

    static let roomPrefix = "/tmp/turnstile-install."

    static let removeRoom: HostCommand.StaticText =
        #"exec /bin/sh -c 'IFS= read -r room && exec rm -rf -- "$room"'"#

    /// Copies both files beside their places, checks the copies, and only then moves them over.
    ///
    /// The digest is taken of root's own copy: the content of the login user's directory may change at any time. The
    /// copy must run on this host before it takes the old one's place. The agent's lock is held from the last look at
    /// its record until both have moved, so that no verb begins in between. `sync` older than coreutils 8.24 ignores
    /// its operands and flushes everything, which is as good.
    ///
    /// A file is never put where a user other than root could replace it: not in a directory of another user, or one
    /// that another user may write to, nor through a link.
    ///
    /// The last line of the output is `placed VERSION`, or `stopped WHERE` with nothing moved unless WHERE says so.
    static let place: HostCommand.StaticText =
        #"""
        exec sudo -n /bin/sh -c '
        IFS= read -r root && IFS= read -r room && IFS= read -r agent_digest && IFS= read -r unit_digest &&
            IFS= read -r state_digest || exit
        bin=$root/opt/bin units=$root/etc/systemd/system own=$root/var/lib/turnstile new_agent= new_unit=
        umask 022
        stop() { printf "stopped %s\n" "$1"; exit 0; }
        """# + functions + #"""
            trap "rm -f -- \"\$new_agent\" \"\$new_unit\"" EXIT
            trap "exit 1" HUP INT TERM
            mkdir -p "$bin" "$units" || stop copy
            [ -z "$(exposed)" ] || stop exposed
            find "$bin" "$units" -maxdepth 1 -name ".turnstile-agent.*" -mmin +10 -delete
            new_agent=$(mktemp "$bin/.turnstile-agent.XXXXXXXX") && new_unit=$(mktemp "$units/.turnstile-agent.XXXXXXXX") &&
                cat <"$room/agent" >"$new_agent" && cat <"$room/unit" >"$new_unit" &&
                chown 0:0 "$new_agent" "$new_unit" && chmod 0755 "$new_agent" && chmod 0644 "$new_unit" || stop copy
            [ "$(digest "$new_agent")" = "$agent_digest" ] && [ "$(digest "$new_unit")" = "$unit_digest" ] || stop digest
            version=$(timeout 10 "$new_agent" --version </dev/null) || stop run
            sync "$new_agent" "$new_unit" || stop copy
            if [ -e "$own/lock" ] && command -v flock >/dev/null; then
                exec 9<"$own/lock" && flock -w 10 9 || stop busy
            fi
            state=none
            [ ! -e "$own/state.json" ] || state=$(digest "$own/state.json")
            [ "$state" = "$state_digest" ] || stop changed
            mv -fT -- "$new_agent" "$bin/turnstile-agent" || stop move
            mv -fT -- "$new_unit" "$units/turnstile-agent.service" || stop move
            exec 9<&-
            sync "$bin" "$units" || stop sync
            [ -n "$root" ] || systemctl daemon-reload || stop reload
            systemctl ${root:+--root="$root"} enable turnstile-agent.service || stop enable
            printf "placed %s\n" "$(printf "%s\n" "$version" | head -n 1 | head -c 100)"'
            """#

    /// Removes agent and unit, and with `purge` also the agent's record.
    ///
    /// The last line of the output is `removed`, or `stopped WHERE`.
    static let remove: HostCommand.StaticText = #"""
        exec sudo -n /bin/sh -c '
        IFS= read -r root && IFS= read -r purge && IFS= read -r state_digest || exit
        bin=$root/opt/bin units=$root/etc/systemd/system own=$root/var/lib/turnstile
        stop() { printf "stopped %s\n" "$1"; exit 0; }
        if [ -e "$own/lock" ] && command -v flock >/dev/null; then
            exec 9<"$own/lock" && flock -w 10 9 || stop busy
        fi
        state=none
        [ ! -e "$own/state.json" ] || state=$(sha256sum <"$own/state.json" | cut -d " " -f 1)
        [ "$state" = "$state_digest" ] || stop changed
        if [ -e "$units/turnstile-agent.service" ]; then
            systemctl ${root:+--root="$root"} disable turnstile-agent.service || stop disable
            [ -n "$root" ] || systemctl stop turnstile-agent.service || stop disable
        fi
        rm -f -- "$units/turnstile-agent.service" "$bin/turnstile-agent" && rm -rf -- "$root/run/turnstile" || stop remove
        [ "$purge" != purge ] || rm -rf -- "$own" || stop remove
        for place in "$units" "$bin" "$root/var/lib"; do
            [ ! -d "$place" ] || sync "$place" || stop sync
        done
        if [ -z "$root" ]; then
            systemctl daemon-reload || stop reload
            systemctl reset-failed turnstile-agent.service 2>/dev/null || true
        fi
        printf "removed\n"'
        """#
}
