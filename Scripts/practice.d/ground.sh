# What everything else of Scripts/practice stands on: where things are, how they are named, how the script speaks.
# shellcheck shell=bash

practice_checkout=$(cd "$practice_parts/../.." && pwd)
readonly practice_checkout
# The cluster's own directory. Two clusters of two directories never meet.
practice_dir=${TURNSTILE_PRACTICE_DIR:-$practice_checkout/.practice}
[[ $practice_dir == /* ]] || practice_dir=$PWD/$practice_dir
readonly practice_dir
# Shared by every cluster of the machine: what is slow to build, and which cluster has which number.
readonly practice_cache=/var/cache/turnstile-practice
readonly practice_registry=/run/turnstile-practice
practice_lock=cluster-$(sha256sum <<<"$practice_dir" | cut -c1-16)
readonly practice_lock

say() { printf '%s\n' "practice: $*" >&2; }
die() { say "$*"; exit 1; }

need_root() {
    ((EUID == 0)) || die "cannot $1: hosts need namespaces, mounts and loop devices. Run it as root: sudo Scripts/practice $1"
}

need_commands() {
    local command missing=()
    for command in "$@"; do
        command -v "$command" >/dev/null || missing+=("$command")
    done
    ((${#missing[@]} == 0)) || die "missing commands: ${missing[*]}. Install them with Scripts/setup"
}

# The locks this script holds, as file descriptors: what it leaves running must not inherit them.
practice_locks=()

# Runs a function while holding a lock. Called as a plain command, so that `set -e` still rules inside.
# with_lock NAME SECONDS FUNCTION ARGUMENT…
with_lock() {
    local file=$practice_registry/locks/$1 seconds=$2 lock
    shift 2
    mkdir -p "$practice_registry/locks"
    exec {lock}>"$file"
    flock -w "$seconds" "$lock" || die "cannot go on: another practice script has held $file for more than $seconds s"
    practice_locks+=("$lock")
    "$@"
    unset 'practice_locks[-1]'
    exec {lock}>&-
}

without_locks() {
    local lock
    for lock in "${practice_locks[@]}"; do
        exec {lock}>&-
    done
    "$@"
}

# --- Numbers: each cluster gets the smallest free K of this machine, and with it a bridge, a subnet and cgroups.

cluster_number() { cat "$practice_dir/number" 2>/dev/null; }

claim_number() {
    local number owner
    mkdir -p "$practice_registry"
    for number in {1..250}; do
        owner=$(cat "$practice_registry/$number" 2>/dev/null || true)
        if [[ -z $owner || $owner == "$practice_dir" ]]; then
            printf '%s\n' "$practice_dir" >"$practice_registry/$number"
            printf '%s\n' "$number" >"$practice_dir/number"
            return
        fi
    done
    die "cannot allot a cluster number: all 250 are taken, see $practice_registry"
}

release_number() {
    local file
    for file in "$practice_registry"/*; do
        [[ -f $file && $(cat "$file") == "$practice_dir" ]] && rm -f "$file"
    done
    return 0
}

bridge_name() { printf 'tp%s' "$1"; }
machine_name() { printf 'tp%s-%s' "$1" "$2"; }
host_link() { printf 'vb-tp%s-%s' "$1" "$2"; }
host_address() { printf '10.213.%s.%s' "$1" $((10 + $2)); }
cluster_cgroup() { printf 'turnstile-practice-%s' "$1"; }

# --- Hosts: practice-1 … practice-N, each with a directory of its own.

host_count() { cat "$practice_dir/count" 2>/dev/null; }
# What all hosts of the cluster run: coreos or flatcar.
distro() { cat "$practice_dir/distro" 2>/dev/null || echo coreos; }
host_dir() { printf '%s/hosts/%s' "$practice_dir" "$1"; }

# The index of a host given as `practice-2` or `2`.
host_index() {
    local index=${1#practice-}
    [[ $index =~ ^[0-9]+$ && -d $(host_dir "$index") ]] ||
        die "there is no host \"$1\": this cluster has ${count_text:-$(host_count || echo no)} hosts, practice-1 and so on"
    printf '%s' "$index"
}
