# One host's own directory: what it writes over the shared tree, its disk, and the directory the outside shows it.
# shellcheck shell=bash

# The stand-ins and where CoreOS and Flatcar have the real ones; Flatcar has no fleet.
stand_ins() {
    printf '%s\n' usr/sbin/update_engine usr/bin/update_engine_client "usr/sbin/$(distro)-setgoodroot" usr/bin/cgpt \
        usr/bin/rootdev usr/bin/coreos-cloudinit usr/lib/locksmith/locksmithd usr/bin/locksmithctl
    [[ $(distro) == flatcar ]] || printf '%s\n' usr/bin/fleetd usr/bin/fleetctl
    # With a platform there is one of its own version.
    [[ $(distro) == flatcar || -n $platform ]] || echo opt/bin/deisctl
}

# new_host INDEX COUNT VERSION ETCD AGENT
new_host() {
    local index=$1 version=$3 etcd=$4 agent=$5 dir upper
    dir=$(host_dir "$index")
    upper=$dir/upper
    mkdir -p "$upper" "$dir"/{work,root,usr,faults,outside/images,outside/offers}
    chmod 0755 "$upper"
    new_disk "$dir/disk" "$(image_path "$version" "$etcd")"
    attach_disk "$dir/disk" >"$dir/device"
    echo 3 >"$dir/installed"
    cp "$practice_dir/bin/practice-host" "$dir/outside/practice-host"

    install -d "$upper"/etc/{systemd/system/multi-user.target.wants,systemd/network,ssh,etcd} \
        "$upper"/usr/{bin,sbin,lib/{locksmith,systemd/system}} "$upper/opt/bin" "$upper/var/lib/etcd" \
        "$upper/var/lib/update_engine/prefs"
    chmod 0700 "$upper/var/lib/etcd"
    install -d "$upper/boot/$(distro)"
    head -c 256K /dev/zero >"$upper/boot/$(distro)/vmlinuz-a"
    local path
    while read -r path; do
        ln -s /usr/lib/turnstile-practice/practice-host "$upper/$path"
    done < <(stand_ins)
    [[ -z $agent ]] || install_agent "$upper" "$agent"
    write_identity "$index"
    write_units "$upper" "$index"
    ((index > etcd_members)) || write_etcd "$index"
    write_update_settings "$upper"
    [[ $(distro) == flatcar ]] || write_fleet "$index"
    [[ -z $platform ]] || write_platform "$index"
}

write_fleet() {
    local directory
    directory=$(host_dir "$1")/upper/etc/fleet
    install -d "$directory"
    printf '%s\n' "agent_ttl=\"$fleet_ttl\"" "public_ip=\"$(host_address "$(cluster_number)" "$1")\"" \
        'metadata="role=worker"' >"$directory/fleet.conf"
}

write_identity() {
    local index=$1 upper network core
    upper=$(host_dir "$index")/upper
    network=$upper/etc/systemd/network
    core=$upper/home/core
    cat "$(host_dir "$index")/machine-id" >"$upper/etc/machine-id"
    echo "practice-$index" >"$upper/etc/hostname"
    printf '%s\n' '127.0.0.1 localhost' "127.0.1.1 practice-$index" >"$upper/etc/hosts"
    printf '%s\n' '[Match]' Name=host0 '' '[Network]' "Address=$(host_address "$(cluster_number)" "$index")/24" \
        LinkLocalAddressing=no IPv6AcceptRA=no >"$network/10-host0.network"
    install -m 0600 "$(host_dir "$index")/ssh_host_ed25519_key" "$upper/etc/ssh/ssh_host_ed25519_key"
    install -m 0644 "$(host_dir "$index")/ssh_host_ed25519_key.pub" "$upper/etc/ssh/ssh_host_ed25519_key.pub"
    # An overlay's directory hides the mode and owner of the one below, so they are set again.
    install -d "$upper/home"
    install -d -m 0700 -o 500 -g 500 "$core" "$core/.ssh"
    install -m 0600 -o 500 -g 500 "$practice_dir/id_ed25519.pub" "$core/.ssh/authorized_keys"
}

write_units() {
    local upper=$1 unit enabled=() units=(update-engine etcd-member)
    # A worker has the unit as the image brings it, and nobody enabled it.
    (($2 > etcd_members)) || enabled+=(etcd-member)
    [[ $(distro) == flatcar ]] || { enabled+=(fleet) units+=(fleet); }
    for unit in "${units[@]}"; do
        install -m 0644 "$practice_parts/units/$unit.service" "$upper/usr/lib/systemd/system/$unit.service"
    done
    for unit in system-config.target user-config.target user-cloudinit@.service locksmithd.service; do
        install -m 0644 "$practice_parts/units/$unit" "$upper/usr/lib/systemd/system/$unit"
    done
    # It is not enabled: a host that reboots by itself is a fault.
    [[ $(distro) != flatcar ]] || sed -i '/^EnvironmentFile=/s/coreos/flatcar/' "$upper/usr/lib/systemd/system/locksmithd.service"
    for unit in "${enabled[@]/%/.service}" user-config.target; do
        ln -s "/lib/systemd/system/$unit" "$upper/etc/systemd/system/multi-user.target.wants/$unit"
    done
    # As Deis leaves its hosts.
    ln -s /dev/null "$upper/etc/systemd/system/update-engine.service"
}

# As `turnstile install` leaves it: the program, and its unit enabled.
install_agent() {
    local upper=$1 unit=$practice_checkout/units/turnstile-agent.service system target
    system=$upper/etc/systemd/system
    install -m 0755 "$2" "$upper/opt/bin/turnstile-agent"
    install -m 0644 "$unit" "$system/turnstile-agent.service"
    target=$(sed -n 's/^WantedBy=//p' "$unit")
    install -d "$system/$target.wants"
    ln -s ../turnstile-agent.service "$system/$target.wants/turnstile-agent.service"
}

write_etcd() {
    local index=$1 number address member cluster='' published listen
    number=$(cluster_number)
    address=$(host_address "$number" "$index")
    published=${etcd_advertise:-$address}
    listen="http://127.0.0.1:2379,http://$address:2379"
    # Deis asks at the port of etcd 0.4, and its user-data has etcd listen there, too.
    [[ -z $platform ]] || listen+=",http://127.0.0.1:4001,http://$address:4001"
    for ((member = 1; member <= etcd_members; member++)); do
        cluster+="${cluster:+,}$(cat "$(host_dir "$member")/machine-id")=http://$(host_address "$number" "$member"):2380"
    done
    printf '%s\n' "ETCD_NAME=$(cat "$(host_dir "$index")/machine-id")" ETCD_DATA_DIR=/var/lib/etcd \
        ETCD_ENABLE_V2=true "ETCD_INITIAL_CLUSTER=$cluster" ETCD_INITIAL_CLUSTER_STATE=new \
        "ETCD_INITIAL_CLUSTER_TOKEN=$(cluster_cgroup "$number")" \
        "ETCD_LISTEN_CLIENT_URLS=$listen" \
        "ETCD_ADVERTISE_CLIENT_URLS=http://$published:2379" \
        "ETCD_LISTEN_PEER_URLS=http://$address:2380" "ETCD_INITIAL_ADVERTISE_PEER_URLS=http://$address:2380" \
        >"$(host_dir "$index")/upper/etc/etcd/etcd-member.conf"
}

# As an operator's file tends to be. The engine knows no comments: to it the first line is one more key. Flatcar's old name
# is a link.
write_update_settings() {
    local directory
    directory=$1/etc/$(distro)
    install -d "$directory"
    [[ $(distro) != flatcar ]] || ln -s flatcar "$1/etc/coreos"
    printf '%s\n' '# kept by hand = ask ops before you change it' GROUP=stable REBOOT_STRATEGY=off \
        'SERVER=http://update.practice.test/v1/update/' >"$directory/update.conf"
}

# --- What the outside shows to a running host; all of it is read anew each time it matters.

# write_setting HOST KEY VALUE; an empty value takes the key away.
write_setting() {
    local file
    file=$(host_dir "$1")/outside/settings
    touch "$file"
    { grep -v "^$2=" "$file" || true; [[ -z $3 ]] || echo "$2=$3"; } >"$file.new"
    mv "$file.new" "$file"
}

# offer_to HOST VERSION ETCD, or offer_to HOST none
offer_to() {
    local offers group image
    offers=$(host_dir "$1")/outside/offers
    for group in alpha beta stable; do
        if [[ $2 == none ]]; then
            rm -f "$offers/$group"
        else
            image=$(image_path "$2" "$3")
            printf '%s\n' "VERSION=$2" "IMAGE=/usr/lib/turnstile-practice/images/${image##*/}" >"$offers/$group.new"
            mv "$offers/$group.new" "$offers/$group"
        fi
    done
}
