# Waiting for a cluster to be whole, each wait with a deadline and a reason.
# shellcheck shell=bash

# The key exchange is named: OpenSSH's own choice, sntrup761, costs the client 170 ms of CPU a login instead of 18.
host_ssh() {
    local index=$1
    shift
    ssh -F none -i "$practice_dir/id_ed25519" -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes \
        -o UserKnownHostsFile="$practice_dir/known_hosts" -o GlobalKnownHostsFile=none -o LogLevel=ERROR \
        -o KexAlgorithms=curve25519-sha256 -o ConnectTimeout=5 "core@$(host_address "$(cluster_number)" "$index")" "$@"
}

# wait_until SECONDS WHAT COMMAND…
wait_until() {
    local seconds=$1 what=$2 host
    shift 2
    local SECONDS=0
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= seconds)); then
            say "gave up after $seconds s waiting for $what"
            for host in $(seq "$(host_count)"); do
                say "last lines of practice-$host:"
                tail -qn 8 "$(host_dir "$host")/boot.log" "$(host_dir "$host")/console.log" >&2 2>/dev/null || true
            done
            return 1
        fi
        sleep 0.1
    done
}

etcd_get() {
    curl --silent --fail --noproxy '*' --max-time 3 "http://$(host_address "$(cluster_number)" "$1"):2379$2"
}

ssh_answers() { host_ssh "$1" -o ConnectTimeout=2 true; }

# Prints the number of etcd members, which are the first hosts of the cluster.
member_count() { cat "$practice_dir/etcd-members"; }

etcd_is_whole() {
    local index
    for index in $(seq "$(member_count)"); do
        etcd_get "$index" /health | grep -q '"health":"true"' || return
    done
    (($(etcd_get 1 /v2/members | grep -o '"name":"[0-9a-f]' | wc -l) == $(member_count)))
}

fleet_is_whole() {
    [[ $(distro) != flatcar ]] || return 0
    (($(etcd_get 1 '/v2/keys/_coreos.com/fleet/machines?recursive=true' | grep -o '/object"' | wc -l) == $(host_count)))
}

system_runs() { [[ $(host_ssh "$1" systemctl is-system-running) == running ]]; }

wait_until_whole() {
    local index
    for index in $(seq "$(host_count)"); do
        wait_until 300 "SSH of practice-$index" ssh_answers "$index" || return
    done
    wait_until 300 "etcd's $(member_count) members" etcd_is_whole || return
    wait_until 120 "fleet's $(host_count) machines" fleet_is_whole || return
    for index in $(seq "$(host_count)"); do
        wait_until 120 "systemd of practice-$index to say running" system_runs "$index" || return
    done
}
