/// The scripts that run on a host for a deisctl that was put there. Names and arguments come on standard
/// input.
enum DeisctlScript {
    /// The directory of all packages, below the home of the login user, where nobody else puts anything.
    static let rooms = ".turnstile-deisctl"

    /// Makes the room of a package, and prints the room's path. Reads the package's name.
    static let room: HostCommand.StaticText = #"""
        exec /bin/sh -c '
        IFS= read -r name || exit 75
        umask 077
        mkdir -p "$HOME/.turnstile-deisctl/$name/units" "$HOME/.turnstile-deisctl/$name/home" || exit
        printf "%s\n" "$HOME/.turnstile-deisctl/$name"'
        """#

    /// Prints `ready` where every file of a package is there as it should be. Reads the package's name, and
    /// the digests of its files.
    static let check: HostCommand.StaticText = #"""
        exec /bin/sh -c '
        IFS= read -r name || exit 75
        cd "$HOME/.turnstile-deisctl/$name" 2>/dev/null || exit 0
        sha256sum -c --status - && printf "ready\n"'
        """#

    /// Runs the package's deisctl. Reads the package's name, the longest time in seconds, a count, and so
    /// many arguments, a line each.
    ///
    /// A host runs one deisctl at a time, as a deisctl whose connection was cut goes on until timeout(1)
    /// ends it. deisctl gets an environment of its own: a stale `$HOME/.deis/units` would win over the
    /// templates of the package, and a tunnel would lead elsewhere.
    static let run: HostCommand.StaticText = #"""
        exec /bin/sh -c '
        IFS= read -r name && IFS= read -r seconds && IFS= read -r count || exit 75
        while [ "$count" -gt 0 ]; do
            IFS= read -r word || exit 75
            set -- "$@" "$word"
            count=$((count - 1))
        done
        cd "$HOME/.turnstile-deisctl/$name" && chmod 0700 deisctl || exit
        exec 9>../lock && flock -w "$seconds" 9 || exit 75
        exec env -i HOME="$PWD/home" PATH="$PATH" DEISCTL_UNITS="$PWD/units" \
            timeout -k 5 "$seconds" ./deisctl "$@" </dev/null'
        """#

    /// The same, and meanwhile makes requests of etcd again and again. Reads after the arguments a line that is
    /// `root` where curl is to be root's, and a configuration for curl, which nothing but curl's standard input
    /// ever has.
    ///
    /// The requests are made until 15 s after deisctl has ended, whether or not anybody still listens: they
    /// outlive the connection and the operator's machine. They end in any case 30 rounds after deisctl's time is over, as
    /// another process may have the shell's number by then.
    static let runAsking: HostCommand.StaticText = #"""
        exec /bin/sh -c '
        IFS= read -r name && IFS= read -r seconds && IFS= read -r count || exit 75
        while [ "$count" -gt 0 ]; do
            IFS= read -r word || exit 75
            set -- "$@" "$word"
            count=$((count - 1))
        done
        IFS= read -r user && requests=$(cat) || exit 75
        sudo=
        [ "$user" != root ] || sudo="sudo -n"
        cd "$HOME/.turnstile-deisctl/$name" && chmod 0700 deisctl || exit
        exec 9>../lock && flock -w "$seconds" 9 || exit 75
        (
            exec </dev/null >/dev/null 2>&1 9>&-
            trap "" HUP PIPE
            left=15
            most=$((seconds + 30))
            while [ "$left" -gt 0 ] && [ "$most" -gt 0 ]; do
                printf "%s\n" "$requests" | $sudo curl -q --silent --config -
                kill -0 $$ || left=$((left - 1))
                most=$((most - 1))
                sleep 1
            done
        ) &
        env -i HOME="$PWD/home" PATH="$PATH" DEISCTL_UNITS="$PWD/units" \
            timeout -k 5 "$seconds" ./deisctl "$@" </dev/null'
        """#

    /// Prints `busy` while a deisctl of any package runs there.
    static let busy: HostCommand.StaticText = #"""
        exec /bin/sh -c '
        [ -e "$HOME/.turnstile-deisctl/lock" ] || exit 0
        exec 9>"$HOME/.turnstile-deisctl/lock"
        flock -n 9 || printf "busy\n"'
        """#

    /// Takes every package away.
    static let remove: HostCommand.StaticText = #"exec /bin/sh -c 'rm -rf -- "$HOME/.turnstile-deisctl"'"#

    /// Prints a file. Reads the file's path.
    static let fetch: HostCommand.StaticText = #"exec /bin/sh -c 'IFS= read -r path && exec cat -- "$path"'"#
}
