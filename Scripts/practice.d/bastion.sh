# An operator who reaches the hosts through a bastion alone: a network of the operator's own, with a link to an sshd in
# this machine's network, which has the hosts' network beside it.
# shellcheck shell=bash

bastion_dir() { printf '%s/bastion' "$practice_dir"; }
operator_network() { printf 'tp-operator-%s' "$1"; }
# operator_address N 1|2: the bastion's end of the link, or the operator's.
operator_address() { printf '10.214.%s.%s' "$1" "$2"; }

command_bastion() {
    need_cluster
    need_root bastion
    case ${1:-} in
    on)
        [[ -e $(bastion_dir)/turnstile.yaml ]] || make_bastion
        start_bastion
        ;;
    off) stop_bastion ;;
    *) die "bastion is on, or off as if its machine had gone" ;;
    esac
}

make_bastion() {
    local number directory network
    number=$(cluster_number) directory=$(bastion_dir) network=$(operator_network "$(cluster_number)")
    mkdir -p "$directory"
    ip netns add "$network"
    ip link add "tpo-$number" type veth peer name "tpo-$number-in" netns "$network"
    ip address add "$(operator_address "$number" 1)/30" dev "tpo-$number"
    ip link set "tpo-$number" up
    ip -n "$network" address add "$(operator_address "$number" 2)/30" dev "tpo-$number-in"
    ip -n "$network" link set "tpo-$number-in" up
    ip -n "$network" link set lo up
    write_bastion_files "$number" "$directory"
}

# write_bastion_files NUMBER DIRECTORY: sshd's, the operator's ssh configuration, and turnstile's.
write_bastion_files() {
    local address
    address=$(operator_address "$1" 1)
    ssh-keygen -q -t ed25519 -N '' -C bastion -f "$2/host_key"
    printf '%s\n' "ListenAddress $address" 'Port 22' "HostKey $2/host_key" "PidFile $2/sshd.pid" \
        "AuthorizedKeysFile $practice_dir/id_ed25519.pub" 'PermitRootLogin prohibit-password' 'UsePAM no' \
        'StrictModes no' 'UseDNS no' 'LogLevel ERROR' >"$2/sshd_config"
    printf '%s %s\n' "$address" "$(cut -d ' ' -f 1,2 "$2/host_key.pub")" >"$2/known_hosts"
    printf '%s\n' 'Host bastion' "  HostName $address" '  User root' '  ProxyJump none' 'Host *' '  User core' \
        '  ProxyJump bastion' "  IdentityFile $practice_dir/id_ed25519" '  IdentitiesOnly yes' \
        "  UserKnownHostsFile $2/known_hosts $practice_dir/known_hosts" >"$2/ssh_config"
    sed "s|^ssh: .*|ssh: {config: $2/ssh_config}|" "$practice_dir/turnstile.yaml" >"$2/turnstile.yaml"
}

start_bastion() {
    local directory
    directory=$(bastion_dir)
    mkdir -p /run/sshd
    /usr/sbin/sshd -f "$directory/sshd_config" -E "$directory/sshd.log"
    wait_until 30 "the bastion's sshd" test -s "$directory/sshd.pid"
}

# With every connection to it and through it.
stop_bastion() {
    local pid
    pid=$(cat "$(bastion_dir)/sshd.pid" 2>/dev/null) || return 0
    # After a crash the number may be another process's.
    if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$(bastion_dir)/sshd_config"; then
        # shellcheck disable=SC2046
        kill -9 "$pid" $(ps -o pid= --ppid "$pid") 2>/dev/null || true
    fi
    rm -f "$(bastion_dir)/sshd.pid"
}

# remove_bastion NUMBER
remove_bastion() {
    stop_bastion
    ip link delete "tpo-$1" 2>/dev/null || true
    ip netns delete "$(operator_network "$1")" 2>/dev/null || true
    rm -rf "$(bastion_dir)"
}
