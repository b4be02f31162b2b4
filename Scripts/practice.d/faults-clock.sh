# The wall clock of a host, moved for what Turnstile has to do with: update-engine, the agent's work and all that it
# runs, and journald. The clock of this machine, which is every host's, stays as it is; see clockshift.c. What the kernel
# stamps stays true: files, and what journald keeps as _SOURCE_REALTIME_TIMESTAMP.
# shellcheck shell=bash

fault_kinds+=',
  clock-jump SECONDS, clock-skew SECONDS'

# Where a host keeps clockshift and the seconds by which its clock is off.
readonly clock_directory=/var/lib/clockshift

# jump_clock HOST SECONDS|off: SECONDS, which may be negative, are the distance from the true time.
#
# A service that is traced sees the clock jump at once, and one that runs already is traced from its next start: to have
# it jump in the middle of a step, begin with `clock-jump 0`. Not together with agent-cut: a process has one tracer.
jump_clock() {
    local host=$1 seconds=$2
    if [[ $seconds == off ]]; then
        put_clock_right "$host"
        return
    fi
    [[ $seconds =~ ^[+-]?[0-9]+$ ]] || die "clock-jump takes seconds such as 3600 or -3600, not \"$seconds\""
    inside "$host" test -e "$clock_directory" || trace_clock "$host"
    inside "$host" sh -c 'echo "$1" >"$0/seconds.new"; mv "$0/seconds.new" "$0/seconds"' "$clock_directory" "$seconds"
}

trace_clock() {
    local tracer
    tracer=$(tracer_binary clockshift)
    inside "$1" sh -c 'mkdir "$0"; cat >"$0/clockshift"; chmod 0755 "$0/clockshift"' "$clock_directory" <"$tracer"
    inside "$1" sh -e -c '
        echo 0 >"$0/seconds"
        for unit in /usr/lib/systemd/system/update-engine.service /etc/systemd/system/turnstile-agent.service \
            /usr/lib/systemd/system/systemd-journald.service; do
            [ -e "$unit" ] || continue
            drop_in=/etc/systemd/system/${unit##*/}.d
            mkdir -p "$drop_in"
            command=$(sed -n s/^ExecStart=//p "$unit")
            program=${command%% *}
            # None of them may trace by itself, and each is to be known by its own name.
            printf "%s\n" "[Service]" SystemCallFilter= "SyslogIdentifier=${program##*/}" ExecStart= \
                "ExecStart=$0/clockshift $0/seconds $command" >"$drop_in/clock.conf"
        done
        systemctl daemon-reload
        systemctl restart systemd-journald.service' "$clock_directory"
}

put_clock_right() {
    inside "$1" sh -e -c '
        [ -e "$0" ] || exit 0
        # First for what is traced and goes on.
        echo 0 >"$0/seconds"
        for unit in update-engine turnstile-agent systemd-journald; do
            rm -f "/etc/systemd/system/$unit.service.d/clock.conf"
            rmdir "/etc/systemd/system/$unit.service.d" 2>/dev/null || true
        done
        systemctl daemon-reload
        systemctl restart systemd-journald.service
        rm -rf "$0"' "$clock_directory"
}

# skew_clock HOST SECONDS|off: the wall clock of whatever is run over ssh, the agent's report among it, is off by so much.
# The agent itself stays the program that the other hosts have. Not together with clock-jump or agent-cut.
skew_clock() {
    local tracer
    if [[ $2 == off ]]; then
        inside "$1" sh -e -c '
            [ -e "$0" ] || exit 0
            rm -rf /run/systemd/system/ssh.service.d "$0"
            systemctl daemon-reload
            systemctl restart ssh.service' "$clock_directory"
        return
    fi
    [[ $2 =~ ^[+-]?[0-9]+$ ]] || die "clock-skew takes seconds such as 3600 or -3600, not \"$2\""
    tracer=$(tracer_binary clockshift)
    inside "$1" sh -c 'mkdir -p "$0"; cat >"$0/clockshift"; chmod 0755 "$0/clockshift"' "$clock_directory" <"$tracer"
    inside "$1" sh -e -c '
        echo "$1" >"$0/seconds"
        command=$(sed -n s/^ExecStart=//p /usr/lib/systemd/system/ssh.service)
        mkdir -p /run/systemd/system/ssh.service.d
        printf "%s\n" "[Service]" ExecStart= "ExecStart=$0/clockshift $0/seconds $command" \
            >/run/systemd/system/ssh.service.d/clock.conf
        systemctl daemon-reload
        systemctl restart ssh.service' "$clock_directory" "$2"
}
