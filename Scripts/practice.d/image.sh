# The operating system's images: small filesystems that look like the /usr of CoreOS where Turnstile looks at it.
# shellcheck shell=bash

readonly default_from=1353.8.0
readonly default_offer=1409.7.0
readonly older_etcd=3.4.23
readonly partition_mib=64

check_version() {
    [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "\"$1\" is not a CoreOS version such as $default_from"
}

# os-release as the image of that version had it. CoreOS numbered releases by days since 2013-07-01, and its name and
# fields changed on the days behind these numbers.
os_release() {
    local version=$1 major=${1%%.*}
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

etcd_binaries() {
    case $1 in
    "$older_etcd") printf '%s/usr/lib/older-etcd' "$(base_tree "$(debian_codename)")" ;;
    "$newer_etcd") printf '%s/etcd-%s' "$practice_cache" "$newer_etcd" ;;
    *) die "there is no image with etcd \"$1\": it is $older_etcd or $newer_etcd" ;;
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
    os_release "$version" >"$tree/lib/os-release"
    ln -s ../../lib/os-release "$tree/share/coreos/os-release"
    printf '%s\n' 'SERVER=https://public.update.core-os.net/v1/update/' 'GROUP=stable' >"$tree/share/coreos/update.conf"
    printf '%s\n' "COREOS_RELEASE_VERSION=$version" 'COREOS_RELEASE_BOARD=amd64-usr' \
        'COREOS_RELEASE_APPID={e96281a6-d1af-4bde-9a0a-97b76e56dc57}' >"$tree/share/coreos/release"
    # No journal: an image that is written whole and mounted read-only has nothing to replay.
    mke2fs -q -t ext4 -O ^has_journal -L USR -d "$tree" "$image.partial" $((partition_mib - 4))M >/dev/null
    mv "$image.partial" "$image"
    rm -rf "$tree"
}
