# The agent of a host, cut after its Nth durable write.
# shellcheck shell=bash

# The directory of cutpoint.c as the host sees it, and as the outside does.
readonly cut_directory=/var/lib/cutpoint

# cut_agent HOST kill|stop N[/EVERY]: the agent ends, or freezes, after the Nth durable write from now, and after every
# EVERYth that follows; 0 only counts them.
cut_agent() {
    local host=$1 how=$2 at=${3%/*} every=0 tracer
    [[ $3 != */* ]] || every=${3#*/}
    [[ $at =~ ^[0-9]+$ && $every =~ ^[0-9]+$ ]] || die "agent-cut takes kill:N, stop:N or kill:N/EVERY, not \"$how:$3\""
    tracer=$(tracer_binary cutpoint)
    inside "$host" sh -c 'mkdir -p "$0"; cat >"$0/cutpoint"; chmod 0755 "$0/cutpoint"' "$cut_directory" <"$tracer"
    inside "$host" sh -c '
        set -e
        cd "$0"
        rm -f stopped
        echo 0 >count; echo "$2" >at; echo "$3" >every; echo "$1" >how
        agent=/opt/bin/turnstile-agent
        [ -e "$agent.uncut" ] || mv "$agent" "$agent.uncut"
        printf "#!/bin/sh\nexec %s/cutpoint %s %s.uncut \"\$@\"\n" "$0" "$0" "$agent" >"$agent.new"
        chmod 0755 "$agent.new"
        mv "$agent.new" "$agent"
        # Its unit may not trace, and sees no directory but its own.
        mkdir -p /etc/systemd/system/turnstile-agent.service.d
        printf "[Service]\nSystemCallFilter=\n" >/etc/systemd/system/turnstile-agent.service.d/cutpoint.conf
        systemctl daemon-reload' "$cut_directory" "$how" "$at" "$every"
}

put_agent_back() {
    inside "$1" sh -c '
        agent=/opt/bin/turnstile-agent
        [ ! -e "$agent.uncut" ] || mv "$agent.uncut" "$agent"
        rm -rf "$0" /etc/systemd/system/turnstile-agent.service.d
        systemctl daemon-reload' "$cut_directory"
}
