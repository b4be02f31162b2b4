# Taking a cluster away: whole, half built, or what a crash left of it.
# shellcheck shell=bash

# Everything is found by the cluster's number and directory, never by a list that a crash could have cut short.
tear_down() {
    local number device name
    number=$(registered_number)
    if [[ -n $number ]]; then
        name=$(cluster_cgroup "$number")
        kill_cgroup "$name" || die "cannot take the cluster down: see above"
        remove_cgroup "$name"
    fi
    for device in $(cluster_disks); do
        detach_disk "$device"
    done
    if [[ -n $number ]]; then
        remove_bastion "$number"
        remove_links "$number"
    fi
    rm -rf --one-file-system "$practice_dir"/{hosts,images,bin,bastion,deisctl,platform,platform.log,deis-admin,count,etcd-members,base,distro,turnstile.yaml,known_hosts,id_ed25519,id_ed25519.pub}
    rm -f "$practice_dir/number"
    release_number
}

# The registry outlives the directory: a checkout that was deleted with its cluster running is still found by it.
registered_number() {
    local file
    for file in "$practice_registry"/*; do
        [[ -f $file && $(cat "$file") == "$practice_dir" ]] && printf '%s' "${file##*/}" && return
    done
    return 0
}

remove_links() {
    local link
    for link in /sys/class/net/vb-tp"$1"-*; do
        [[ -e $link ]] && ip link delete "${link##*/}"
    done
    ip link delete "$(bridge_name "$1")" 2>/dev/null || true
}
