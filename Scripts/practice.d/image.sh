# The operating system's images: small filesystems that look like the /usr of CoreOS where Turnstile looks at it.
# shellcheck shell=bash

# default_from DISTRO, default_offer DISTRO
default_from() { case $1 in flatcar) echo 3033.2.0 ;; *) echo 1353.8.0 ;; esac; }
default_offer() { case $1 in flatcar) echo 3510.2.0 ;; *) echo 1409.7.0 ;; esac; }
readonly older_etcd=3.4.23
readonly etcds="${renumbered_etcds[*]} $older_etcd $newer_etcd"
readonly partition_mib=64

check_version() {
    [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "\"$1\" is not a version such as $(default_from coreos)"
}

# os-release as the image of that version had it. CoreOS numbered releases by days since 2013-07-01, and its name and
# fields changed on the days behind these numbers.
os_release() {
    local version=$1 major=${1%%.*}
    if [[ $(distro) == flatcar ]]; then
        flatcar_os_release "$version"
        return
    fi
    local name='CoreOS' pretty="CoreOS $1" build='' colour='1;32' home='https://coreos.com/'
    local bugs='https://github.com/coreos/bugs/issues'
    ((major < 945)) || pretty="CoreOS $1 (Coeur Rouge)"
    ((major < 975)) || { pretty="CoreOS $1 (MoreOS)"; build=2016-07-18-0616; }
    ((major < 1276)) || {
        name='"Container Linux by CoreOS"'
        pretty="Container Linux by CoreOS $1 (Ladybug)"
        colour='38;5;75'
    }
    ((major < 1383)) || bugs='https://issues.coreos.com'
    ((major < 1675)) || pretty="Container Linux by CoreOS $1 (Rhyolite)"
    printf '%s\n' "NAME=$name" ID=coreos "VERSION=$version" "VERSION_ID=$version" "BUILD_ID=$build" \
        "PRETTY_NAME=\"$pretty\"" "ANSI_COLOR=\"$colour\"" "HOME_URL=\"$home\"" "BUG_REPORT_URL=\"$bugs\""
    ((major < 1352)) || echo 'COREOS_BOARD="amd64-usr"'
}

# Every value in quotes, as Flatcar has them today.
flatcar_os_release() {
    printf '%s="%s"\n' NAME 'Flatcar Container Linux by Kinvolk' ID flatcar ID_LIKE coreos VERSION "$1" VERSION_ID "$1" \
        BUILD_ID 2023-04-03-1652 SYSEXT_LEVEL 1.0 PRETTY_NAME "Flatcar Container Linux by Kinvolk $1 (Oklo)" \
        ANSI_COLOR '38;5;75' HOME_URL https://flatcar.org/ BUG_REPORT_URL https://issues.flatcar.org \
        SUPPORT_URL https://www.flatcar.org/support FLATCAR_BOARD amd64-usr \
        CPE_NAME "cpe:2.3:o:flatcar-linux:flatcar_linux:$1:*:*:*:*:*:*:*"
}

etcd_binaries() {
    case $1 in
    "$older_etcd") printf '%s/usr/lib/older-etcd' "$(base_tree "$(debian_codename)")" ;;
    "$newer_etcd") printf '%s/etcd-%s' "$practice_cache" "$newer_etcd" ;;
    "${renumbered_etcds[0]}" | "${renumbered_etcds[1]}") renumbered_etcd "$1" ;;
    *) die "there is no image with etcd \"$1\": it is one of $etcds" ;;
    esac
}

image_path() { printf '%s/images/%s-etcd-%s.ext4' "$practice_dir" "$1" "$2"; }

# build_image VERSION ETCD: makes the image unless the cluster has it already.
build_image() {
    local version=$1 etcd=$2 image binaries tree
    image=$(image_path "$version" "$etcd")
    [[ -f $image ]] && return
    binaries=$(etcd_binaries "$etcd")
    mkdir -p "$practice_dir/images"
    tree=$(mktemp -d "$practice_dir/images/tree.XXXXXX")
    chmod 0755 "$tree"
    mkdir -p "$tree"/{bin,lib,share/coreos}
    cp "$binaries/etcd" "$binaries/etcdctl" "$tree/bin/"
    fill_libraries "$tree"
    install -D -m 0644 "$practice_parts/units/etcd-member.service" "$tree/lib/systemd/system/etcd-member.service"
    os_release "$version" >"$tree/lib/os-release"
    fill_share "$tree/share/coreos" COREOS "$version" https://public.update.core-os.net/v1/update/
    [[ $(distro) != flatcar ]] ||
        fill_share "$tree/share/flatcar" FLATCAR "$version" https://public.update.flatcar-linux.net/v1/update/
    # No journal: an image that is written whole and mounted read-only has nothing to replay.
    mke2fs -q -t ext4 -O ^has_journal -L USR -d "$tree" "$image.partial" $((partition_mib - 4))M >/dev/null
    mv "$image.partial" "$image"
    rm -rf "$tree"
}

# An image is whole: what its programs are linked with is on it, and not borrowed from the system that runs.
fill_libraries() {
    local tree=$1 base file
    base=$(base_tree "$(debian_codename)")
    for file in "$base"/usr/lib64/ld-linux-*.so.* "$base"/usr/lib/*-linux-gnu/lib{c,pthread,dl,resolv}.so.*; do
        [[ ! -f $file ]] || install -D -m 0755 "$file" "$tree/${file#"$base/usr/"}"
    done
}

# fill_share DIRECTORY PREFIX VERSION SERVER: an image's own update.conf and release. Flatcar has both names.
fill_share() {
    mkdir -p "$1"
    ln -s ../../lib/os-release "$1/os-release"
    printf '%s\n' "SERVER=$4" GROUP=stable >"$1/update.conf"
    printf '%s\n' "$2_RELEASE_VERSION=$3" "$2_RELEASE_BOARD=amd64-usr" \
        "$2_RELEASE_APPID={e96281a6-d1af-4bde-9a0a-97b76e56dc57}" >"$1/release"
}
