# Faults: what can be done to a running host, and undone.
# shellcheck shell=bash

fault_kinds='ssh-down, etcd-down, fleet-missing, network-down, power-cut,
  update-server-down, server-error, server-nonsense, server-offers-running, payload-corrupt, postinst-fail,
  engine-missing, engine-masked-runtime, engine-skipped, engine-crashes [OPERATION], engine-stuck OPERATION,
  client-hangs [SECONDS], staged-already [VERSION],
  setgood-slow [SECONDS], setgood-fail, setgood-hangs, setgood-silent, setgood-never,
  no-boot-partition-write, revert, journald-rotated, journald-volatile, journald-none,
  gpt-damaged, disk-full [state|config|run|boot], disk-readonly [state|config|run], agent-cut [kill|stop]:N[/EVERY]'

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
    clock-jump:*) jump_clock "$host" "$value" ;;
    clock-skew:*) skew_clock "$host" "$value" ;;
    units-*:* | apps-sick:* | migration-fails:* | pull-fails:* | store-health:* | downloads:* | takeover-key-seconds:* | \
        platform-scale:*)
        fault_platform "$host" "$kind" "$value"
        ;;
    noupdate:on) inside "$host" touch /usr/.noupdate ;;
    noupdate:off) inside "$host" rm -f /usr/.noupdate ;;
    reboot-required:on) inside "$host" touch /run/reboot-required ;;
    reboot-required:off) inside "$host" rm -f /run/reboot-required ;;
    # From its next boot on.
    cgroups:v1 | cgroups:v2) echo "$((${value#v} - 1))" >"$(host_dir "$host")/faults/unified-cgroups" ;;
    cgroups:off) rm -f "$(host_dir "$host")/faults/unified-cgroups" ;;
    # Until its next boot: a host that boots gets a new link.
    network-down:on) ip link set "$link" down ;;
    network-down:off) ip link set "$link" up ;;
    power-cut:on) kill_cgroup "$(host_cgroup "$(cluster_number)" "$host")/box" ;;
    power-cut:off) host_is_up "$host" || start_host "$host" ;;
    setgood-* | update-server-* | server-* | payload-* | postinst-* | client-* | engine-stuck:* | engine-crashes:*)
        set_fault "$host" "$kind" "$value"
        ;;
    engine-*:on | engine-*:off) change_unit "$host" "$kind" "$value" ;;
    staged-already:*) stage_already "$host" "$value" ;;
    journald-*:on | journald-*:off) change_journald "$host" "$kind" "$value" ;;
    gpt-damaged:on | gpt-damaged:off) damage_table "$host" "$value" ;;
    disk-*) spoil_directory "$host" "$kind" "$value" ;;
    # Until it has happened.
    revert:on) touch "$(host_dir "$host")/faults/revert" ;;
    revert:off) rm -f "$(host_dir "$host")/faults/revert" ;;
    no-boot-partition-write:on)
        # What runs now is what the provider will boot from now on.
        cp "$(host_dir "$host")/booted" "$(host_dir "$host")/installed"
        touch "$(host_dir "$host")/faults/no-boot-partition-write"
        ;;
    no-boot-partition-write:off) rm -f "$(host_dir "$host")/faults/no-boot-partition-write" ;;
    agent-cut:off) put_agent_back "$host" ;;
    agent-cut:kill:* | agent-cut:stop:*) cut_agent "$host" "${value%%:*}" "${value#*:}" ;;
    *) no_such_fault "$kind${3:+ $3}" ;;
    esac
}

no_such_fault() { die "there is no fault \"$1\". Faults, each undone with off: $fault_kinds"; }

# tracer_binary NAME: NAME.c, built when it is newer than what was built last. Static: it runs in any tree.
# Several clusters may want it at once, so each build has a file of its own until it is whole.
tracer_binary() {
    local source=$practice_parts/$1.c binary=$practice_checkout/.build/practice/$1 compiler new
    if [[ ! -x $binary || $source -nt $binary ]]; then
        compiler=$(command -v cc || command -v clang) || die "cannot build $1: there is neither cc nor clang"
        mkdir -p "${binary%/*}"
        new=$(mktemp "$binary.XXXXXX")
        "$compiler" -O1 -Wall -static -o "$new" "$source"
        chmod 0755 "$new"
        mv "$new" "$binary"
    fi
    printf '%s' "$binary"
}
