# Shows that the packages are sound: lintian finds no error, a second making gives the same bytes, and a bare Debian
# tree has the Debian package installed, runs it, and is rid of it again.
# shellcheck shell=bash

check_packages() {
    need_commands lintian debootstrap apt-get groff
    deb=$(ls "$out"/*.deb)
    bare=$made/bare
    lint_deb
    lint_manual
    check_same_again
    make_bare_tree
    trap leave_bare_tree EXIT
    enter_bare_tree
    check_install
    leave_bare_tree
    trap - EXIT
}

lint_deb() {
    say "lintian"
    lintian --allow-root --fail-on error --tag-display-limit 0 "$deb" >&2 || die "lintian finds errors: see above"
}

# A page that groff warns about is shown wrongly.
lint_manual() {
    local page found
    for page in "$made"/deb/usr/share/man/man1/*.gz; do
        found=$(gzip --decompress --stdout "$page" | groff -man -Tutf8 -ww -z 2>&1)
        [[ -z $found ]] || die "groff says of \"$(basename "$page")\": $found"
    done
}

check_same_again() {
    say "making them once more"
    make_packages "$made/again"
    diff --recursive "$out" "$made/again" >&2 || die "made once more, the packages differ: see above"
    (cd "$out" && sha256sum --check --quiet SHA256SUMS) >&2 || die "the checksums are wrong: see above"
}

check_install() {
    files_of_bare_tree >"$made/before"
    say "installing the Debian package in a bare tree"
    in_bare_tree apt-get install --yes --quiet --no-install-recommends "/packages/$(basename "$deb")" \
        >"$made/apt.log" 2>&1 || fail_with_log "cannot install the package"
    run_installed
    check_installed_files
    say "removing it"
    in_bare_tree apt-get purge --yes --quiet --autoremove turnstile >"$made/apt.log" 2>&1 ||
        fail_with_log "cannot remove the package"
    files_of_bare_tree >"$made/after"
    diff "$made/before" "$made/after" >&2 || die "removed, the package leaves or takes files: see above"
}

fail_with_log() { cat "$made/apt.log" >&2; die "$1"; }

# Made once; it is as debootstrap leaves it, with the lists of apt.
make_bare_tree() {
    local codename mirror
    [[ ! -d $bare ]] || return 0
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
        awk -v codename="$codename" '$2 == codename && $3 == "main" { print $1; exit }')
    [[ -n $mirror ]] || die "cannot make a bare tree: apt names no mirror of $codename/main. Run apt-get update"
    say "making a bare Debian tree, once"
    rm -rf "$bare.partial"
    debootstrap --variant=minbase "$codename" "$bare.partial" "$mirror" >"$made/debootstrap.log" 2>&1 ||
        { tail -n 20 "$made/debootstrap.log" >&2; die "cannot make a bare tree: debootstrap failed, see above"; }
    cp --dereference /etc/resolv.conf "$bare.partial/etc/resolv.conf"
    chroot "$bare.partial" apt-get update --quiet >"$made/debootstrap.log" 2>&1 ||
        { tail -n 20 "$made/debootstrap.log" >&2; die "cannot make a bare tree: apt-get update failed, see above"; }
    mv "$bare.partial" "$bare"
}

# Changes go into a layer of their own, so that the tree is bare the next time.
enter_bare_tree() {
    layer=$(mktemp -d "$made/layer.XXXXXX")
    mkdir -p "$layer"/{upper,work,root}
    mount -t overlay overlay -o "lowerdir=$bare,upperdir=$layer/upper,workdir=$layer/work" "$layer/root"
    mkdir -p "$layer/root/packages"
    mount --bind -o ro "$out" "$layer/root/packages"
    mount -t proc proc "$layer/root/proc"
}

leave_bare_tree() {
    umount --lazy "$layer/root/proc" "$layer/root/packages" "$layer/root" 2>/dev/null || true
    rm -rf --one-file-system "$layer"
}

in_bare_tree() {
    env --ignore-environment PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        chroot "$layer/root" "$@"
}

# Every file but caches, and those that dpkg, apt and the tools of accounts keep of what they did.
files_of_bare_tree() {
    (cd "$layer/root" && find . -xdev \
        \( -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log -o -path ./proc \
        -o -path ./packages -o -path ./run -o -path './etc/*-' \) -prune \
        -o -type f -print -o -type l -print | LC_ALL=C sort)
}

# The programs run, complete, and find each other.
run_installed() {
    local program said
    for program in turnstile /usr/lib/turnstile/turnstile-agent; do
        said=$(in_bare_tree "$program" --version)
        [[ $said == "$version" ]] || die "installed, $program says version $said, and not $version"
    done
    in_bare_tree turnstile releases --output json >/dev/null || die "installed, turnstile cannot list releases"
    in_bare_tree bash -c '. /usr/share/bash-completion/completions/turnstile && complete -p turnstile' >/dev/null ||
        die "bash cannot use the completions"
    # No key of this host is known: the agent is found and fit, and taken nowhere.
    said=$(in_bare_tree turnstile install 127.0.0.1 2>&1) && die "an install on a host of no known key was done: $said"
    [[ $said == *"127.0.0.1: cannot read known_hosts"* ]] || die "install does not find the agent of the package: $said"
}

# Every schema that a document names is beside it.
check_schemas() {
    local schema
    while read -r schema; do
        [[ -e $1/$schema ]] || die "the package has no \"$schema\", which its documents name"
    done < <(grep --no-filename --only-matching '(schemas/[a-z-]*\.json)' "$1"/*.md | tr -d '()' | sort -u)
}

check_installed_files() {
    local path digest
    for path in man/man1/turnstile.1.gz man/man1/turnstile-upgrade.1.gz zsh/vendor-completions/_turnstile \
        fish/vendor_completions.d/turnstile.fish turnstile/turnstile-agent.service doc/turnstile/README.md \
        doc/turnstile/docs/recovery.md doc/turnstile/docs/schemas/audit.json doc/turnstile/examples \
        doc/turnstile/copyright; do
        [[ -e $layer/root/usr/share/$path ]] || die "the package has no \"/usr/share/$path\""
    done
    check_schemas "$layer/root/usr/share/doc/turnstile/docs"
    for path in bin/turnstile lib/turnstile/turnstile-agent; do
        digest=$(sha256sum "$layer/root/usr/$path" | cut -d ' ' -f 1)
        grep -q "$digest" "$out"/*.spdx.json || die "the bill of materials has not the digest of \"/usr/$path\""
    done
}
