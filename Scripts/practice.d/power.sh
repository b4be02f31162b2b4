# Mains: what starts a host, what cuts it off, and how the processes of a host are found again.
# Everything of a host lives in its own cgroup, so that the cgroup, not a list of process numbers, is the record.
# shellcheck shell=bash

# Where systemd's hierarchies are mounted: one on a machine with cgroup v2 only, two where both are.
cgroup_roots() {
    awk '$3 == "cgroup2" || ($3 == "cgroup" && $4 ~ /(^|,)name=systemd(,|$)/) { print $2 }' /proc/mounts
}

host_cgroup() { printf '%s/%s' "$(cluster_cgroup "$1")" "$2"; }

# enter_cgroup NAME: moves the calling shell.
enter_cgroup() {
    local root
    while read -r root; do
        mkdir -p "$root/$1"
        echo $BASHPID >"$root/$1/cgroup.procs"
    done < <(cgroup_roots)
}

cgroup_processes() {
    local root
    while read -r root; do
        [[ -d $root/$1 ]] || continue
        find "$root/$1" -name cgroup.procs -exec cat {} + 2>/dev/null
    done < <(cgroup_roots) | sort -un
}

# Kills whatever is in the cgroup until nothing is. Reaping may be another's task, so zombies are waited for too.
kill_cgroup() {
    local name=$1 process
    local -a left
    local SECONDS=0
    while mapfile -t left < <(cgroup_processes "$name") && ((${#left[@]} > 0)); do
        ((SECONDS < 20)) || { say "processes of $name do not die: ${left[*]}"; return 1; }
        for process in "${left[@]}"; do
            kill -KILL "$process" 2>/dev/null || true
        done
        sleep 0.05
    done
}

remove_cgroup() {
    local root
    while read -r root; do
        [[ -d $root/$1 ]] || continue
        find "$root/$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
    done < <(cgroup_roots)
}

host_is_up() {
    [[ -n $(cgroup_processes "$(host_cgroup "$(cluster_number)" "$1")/box") ]]
}

# Starts the loop that is a host's firmware. It lives in a mount namespace of its own: its mounts go when it goes.
start_host() {
    local index=$1 dir
    dir=$(host_dir "$index")
    (without_locks env TURNSTILE_PRACTICE_DIR="$practice_dir" setsid --fork \
        unshare --mount --propagation private "$practice_parts/boot-host" "$index" \
        </dev/null >>"$dir/console.log" 2>&1)
}

# The process number of a host's PID 1, as seen from here.
host_leader() {
    local root leader
    # It is in the hierarchy that the host runs, which may be another than this machine's, and than that of its last boot.
    while read -r root; do
        read -r leader 2>/dev/null <"$root/$(host_cgroup "$(cluster_number)" "$1")/box/payload/init.scope/cgroup.procs" ||
            continue
        printf '%s' "$leader"
        return
    done < <(cgroup_roots)
    return 1
}

# inside HOST COMMAND…: runs a command in a host without its SSH server.
#
# A host that shuts down stops all of its processes before it ends them. nsenter would stop itself with its child, for ever:
# so a shell that is no process of the host's waits for the command.
inside() {
    local leader
    leader=$(host_leader "$1") && [[ -n $leader ]] || die "cannot reach practice-$1: it is not running"
    nsenter --target "$leader" --all --no-fork -- sh -c '"$@"; exit $?' sh "${@:2}"
}
