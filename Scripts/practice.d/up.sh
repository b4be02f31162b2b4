# Bringing a cluster up.
# shellcheck shell=bash

# bring_up DISTRO HOSTS FROM FROM_ETCD OFFER OFFER_ETCD SCALE AGENT
bring_up() {
    local distro=$1 count=$2 from=$3 from_etcd=$4 offer=$5 offer_etcd=$6 scale=$7 agent=$8 index
    mkdir -p "$practice_dir"
    echo "$distro" >"$practice_dir/distro"
    with_lock numbers 60 claim_number
    echo "$count" >"$practice_dir/count"
    echo "$etcd_members" >"$practice_dir/etcd-members"
    [[ -z $platform ]] || echo "$platform" >"$practice_dir/platform"
    base_tree "$(debian_codename)" >"$practice_dir/base"
    install -D -m 0755 "$(stand_ins_binary)" "$practice_dir/bin/practice-host"
    new_keys "$count"
    build_image "$from" "$from_etcd"
    [[ $offer == none ]] || build_image "$offer" "$offer_etcd"
    for index in $(seq "$count"); do
        new_host "$index" "$count" "$from" "$from_etcd" "$agent"
        write_setting "$index" TIME_SCALE "$scale"
        offer_to "$index" "$offer" "$offer_etcd"
    done
    new_bridge
    local start=$EPOCHREALTIME
    for index in $(seq "$count"); do
        start_host "$index"
    done
    wait_until_whole || die "the cluster did not come up. Look at $practice_dir/hosts, then Scripts/practice down"
    write_configuration "$count" "$(slowness "$start")"
}

# How many times slower than a quiet machine of 2 cores this one is just now, by the boot that began at a moment: 1 to 8.
slowness() {
    local milliseconds=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 1000)) times
    times=$(((milliseconds + quiet_boot_milliseconds - 1) / quiet_boot_milliseconds))
    ((times >= 1)) || times=1
    ((times <= 8)) || times=8
    echo "$times"
}

# Three hosts, from their start to a whole cluster, with some room.
readonly quiet_boot_milliseconds=8000

# Keys and machine ids of all hosts first: each host's files name the other hosts.
new_keys() {
    local index dir address
    (umask 077 && ssh-keygen -q -t ed25519 -N '' -C turnstile-practice -f "$practice_dir/id_ed25519")
    : >"$practice_dir/known_hosts"
    for index in $(seq "$1"); do
        dir=$(host_dir "$index")
        address=$(host_address "$(cluster_number)" "$index")
        mkdir -p "$dir"
        systemd-id128 new >"$dir/machine-id"
        ssh-keygen -q -t ed25519 -N '' -C "practice-$index" -f "$dir/ssh_host_ed25519_key"
        echo "practice-$index,$address $(cut -d' ' -f1,2 "$dir/ssh_host_ed25519_key.pub")" >>"$practice_dir/known_hosts"
    done
}

new_bridge() {
    local number bridge
    number=$(cluster_number)
    bridge=$(bridge_name "$number")
    ip link add "$bridge" type bridge
    ip address add "10.213.$number.1/24" dev "$bridge"
    ip link set "$bridge" up
}

# write_configuration HOSTS SLOWNESS
write_configuration() {
    local index times=$2 fleet="{ttl: $fleet_ttl}"
    [[ $(distro) != flatcar ]] || fleet='{enabled: false}'
    {
        echo 'hosts:'
        for index in $(seq "$1"); do
            echo "  - {name: practice-$index, address: $(host_address "$(cluster_number)" "$index")}"
        done
        cat <<YAML
ssh: {user: core, identity-files: [$practice_dir/id_ed25519], known-hosts: [$practice_dir/known_hosts], config: none}
update: {group: stable}
gates:
  fleet: $fleet
  etcd: {endpoint: "http://127.0.0.1:2379"}
  units: {steady: 3s}
timeouts: {gate: $((30 * times))s, stage: $((120 * times))s, reboot: $((120 * times))s, rejoin: $((120 * times))s, commit: $((120 * times))s, settle: 0s}
journal: $practice_dir/journal
YAML
    } >"$practice_dir/turnstile.yaml"
}

# The stand-ins, built when their sources are newer than what was built last. Static: they run in any tree.
stand_ins_binary() {
    local binary=$practice_checkout/.build/practice/practice-host
    if [[ ! -x $binary || -n $(find "$practice_checkout"/{Package.swift,Sources/{PracticeHost,practice-host,Digest,HostFiles,Vocabulary}} \
        -newer "$binary" -print -quit) ]]; then
        build_stand_ins "$binary"
    fi
    printf '%s' "$binary"
}

build_stand_ins() {
    need_commands swift
    say "building the stand-ins"
    local log=$practice_checkout/.build/practice.log
    mkdir -p "${log%/*}"
    "$practice_checkout/Scripts/build-agent.d/compile" practice-host "$1" >"$log" 2>&1 || {
        grep -E 'error|warning: unre' "$log" >&2 || tail -n 20 "$log" >&2
        die "cannot build the stand-ins: swift build failed, its log is $log"
    }
}
