# Faults: what can be done to a running host, and undone.
# shellcheck shell=bash

fault_kinds='ssh-down, etcd-down, fleet-missing, network-down, power-cut, setgood-slow [SECONDS], setgood-fail,
  no-boot-partition-write, update-server-down, payload-corrupt, postinst-fail, agent-cut [kill|stop]:N'

# inject HOST KIND [off | VALUE]
inject() {
    local host=$1 kind=$2 value=${3:-on} link
    link=$(host_link "$(cluster_number)" "$host")
    case $kind:$value in
    ssh-down:on)
        inside "$host" systemctl --quiet mask --now ssh.service
        inside "$host" systemctl kill --signal=KILL 'session-*.scope' 2>/dev/null || true
        ;;
    ssh-down:off) inside "$host" systemctl --quiet unmask ssh.service && inside "$host" systemctl start ssh.service ;;
    etcd-down:on) inside "$host" systemctl --quiet mask --now etcd-member.service ;;
    etcd-down:off)
        inside "$host" systemctl --quiet unmask etcd-member.service
        inside "$host" systemctl start --no-block etcd-member.service
        ;;
    fleet-missing:on) inside "$host" systemctl --quiet mask --now fleet.service ;;
    fleet-missing:off)
        inside "$host" systemctl --quiet unmask fleet.service
        inside "$host" systemctl start --no-block fleet.service
        ;;
    cloud-init:*) fault_cloud_init "$host" "${@:3}" ;;
    locksmithd:*) fault_locksmithd "$host" "$value" ;;
    graceful-etcd-shutdown:* | graceful-deis-shutdown:*) fault_graceful "$host" "$kind" "$value" ;;
    # Until its next boot: a host that boots gets a new link.
    network-down:on) ip link set "$link" down ;;
    network-down:off) ip link set "$link" up ;;
    power-cut:on) kill_cgroup "$(host_cgroup "$(cluster_number)" "$host")/box" ;;
    power-cut:off) host_is_up "$host" || start_host "$host" ;;
    setgood-slow:on) write_setting "$host" SETGOOD_DELAY 3 ;;
    setgood-slow:off) write_setting "$host" SETGOOD_DELAY '' ;;
    setgood-slow:*)
        [[ $value =~ ^[0-9]+(\.[0-9]+)?$ ]] || die "setgood-slow takes seconds, not \"$value\""
        write_setting "$host" SETGOOD_DELAY "$value"
        ;;
    no-boot-partition-write:on)
        # What runs now is what the provider will boot from now on.
        cp "$(host_dir "$host")/booted" "$(host_dir "$host")/installed"
        touch "$(host_dir "$host")/faults/no-boot-partition-write"
        ;;
    no-boot-partition-write:off) rm -f "$(host_dir "$host")/faults/no-boot-partition-write" ;;
    setgood-fail:on | update-server-down:on | payload-corrupt:on | postinst-fail:on)
        write_setting "$host" "$(setting_key "$kind")" 1
        ;;
    setgood-fail:off | update-server-down:off | payload-corrupt:off | postinst-fail:off)
        write_setting "$host" "$(setting_key "$kind")" ''
        ;;
    agent-cut:off) put_agent_back "$host" ;;
    agent-cut:kill:* | agent-cut:stop:*) cut_agent "$host" "${value%%:*}" "${value#*:}" ;;
    *) die "there is no fault \"$kind${3:+ $3}\". Faults, each undone with off: $fault_kinds" ;;
    esac
}

setting_key() { tr 'a-z-' 'A-Z_' <<<"$1"; }

# The directory of cutpoint.c as the host sees it, and as the outside does.
readonly cut_directory=/var/lib/cutpoint

# cut_agent HOST kill|stop N: the agent ends, or freezes, after the Nth durable write from now; 0 only counts them.
cut_agent() {
    local host=$1 how=$2 at=$3 tracer=$practice_checkout/.build/practice/cutpoint
    [[ $at =~ ^[0-9]+$ ]] || die "agent-cut takes kill:N or stop:N, not \"$how:$at\""
    build_cutpoint "$tracer"
    inside "$host" sh -c 'mkdir -p "$0"; cat >"$0/cutpoint"; chmod 0755 "$0/cutpoint"' "$cut_directory" <"$tracer"
    inside "$host" sh -c '
        set -e
        cd "$0"
        rm -f stopped
        echo 0 >count; echo "$2" >at; echo "$1" >how
        agent=/opt/bin/turnstile-agent
        [ -e "$agent.uncut" ] || mv "$agent" "$agent.uncut"
        printf "#!/bin/sh\nexec %s/cutpoint %s %s.uncut \"\$@\"\n" "$0" "$0" "$agent" >"$agent.new"
        chmod 0755 "$agent.new"
        mv "$agent.new" "$agent"
        # Its unit may not trace, and sees no directory but its own.
        mkdir -p /etc/systemd/system/turnstile-agent.service.d
        printf "[Service]\nSystemCallFilter=\n" >/etc/systemd/system/turnstile-agent.service.d/cutpoint.conf
        systemctl daemon-reload' "$cut_directory" "$how" "$at"
}

put_agent_back() {
    inside "$1" sh -c '
        agent=/opt/bin/turnstile-agent
        [ ! -e "$agent.uncut" ] || mv "$agent.uncut" "$agent"
        rm -rf "$0" /etc/systemd/system/turnstile-agent.service.d
        systemctl daemon-reload' "$cut_directory"
}

build_cutpoint() {
    local source=$practice_parts/cutpoint.c compiler
    [[ ! -x $1 || $source -nt $1 ]] || return 0
    compiler=$(command -v cc || command -v clang) || die "cannot build cutpoint: there is neither cc nor clang"
    mkdir -p "$(dirname "$1")"
    "$compiler" -O1 -Wall -static -o "$1.new" "$source"
    mv "$1.new" "$1"
}
