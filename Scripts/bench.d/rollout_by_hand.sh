#!/usr/bin/env bash
# The steps of a careful operator at a shell, host by host, with a look each second: rollout_by_hand.sh VERSION ADDRESS…
set -euo pipefail
version=$1
shift
read -ra options <<<"$SSH_OPTIONS"

on() { ssh "${options[@]}" -o ConnectTimeout=5 "core@$1" "${@:2}"; }

# until_so SECONDS WHAT COMMAND…: the command succeeds, with a second between two looks.
until_so() {
    local SECONDS=0
    until "${@:3}" >/dev/null 2>&1; do
        ((SECONDS < $1)) || { echo "by hand: $2: not within $1 s" >&2; exit 1; }
        sleep 1
    done
}

members=$#
is_whole() {
    local host
    for host in "${all[@]}"; do
        [[ $(curl -sf --max-time 2 "http://$host:2379/health") == *'"health":"true"'* ]] || return
    done
    [[ $(on "${all[0]}" fleetctl list-machines --no-legend | wc -l) == "$members" ]]
}
is_back() {
    local boot
    boot=$(on "$1" cat /proc/sys/kernel/random/boot_id) && [[ $boot != "$2" ]]
}
is_version() { on "$1" grep -qx "VERSION_ID=$version" /etc/os-release; }
is_settled() { [[ $(on "$1" systemctl is-system-running) == running ]]; }
# shellcheck disable=SC2016
is_good() { on "$1" 'disk=$(rootdev -s /usr); sudo cgpt show -i "${disk##*p}" -S "${disk%p*}"' | grep -qx 1; }

all=("$@")
for host in "${all[@]}"; do
    echo "by hand: $host"
    until_so 120 "the cluster is whole" is_whole
    on "$host" 'sudo systemctl unmask update-engine && sudo systemctl start update-engine && update_engine_client -update' >/dev/null
    on "$host" 'update_engine_client -status 2>&1 | grep -q UPDATE_STATUS_UPDATED_NEED_REBOOT'
    on "$host" 'sudo systemctl mask update-engine; sudo systemctl stop update-engine'
    boot=$(on "$host" cat /proc/sys/kernel/random/boot_id)
    on "$host" sudo systemctl reboot || true
    until_so 120 "$host is back" is_back "$host" "$boot"
    is_version "$host" || { echo "by hand: $host went back" >&2; exit 1; }
    until_so 120 "$host has settled" is_settled "$host"
    until_so 120 "the cluster is whole" is_whole
    on "$host" 'sudo systemctl unmask update-engine && sudo systemctl start update-engine'
    until_so 120 "$host is good" is_good "$host"
    # The second copy of the table, and the order.
    sleep 1
    on "$host" 'sudo systemctl mask update-engine; sudo systemctl stop update-engine; sudo systemctl reset-failed update-engine'
done
