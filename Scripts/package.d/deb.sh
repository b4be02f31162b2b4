# The Debian package.
# shellcheck shell=bash

# make_deb DIRECTORY
make_deb() {
    local root=$made/deb
    rm -rf "$root" && mkdir -p "$root/DEBIAN"
    place_programs "$root"
    place_completions "$root/usr/share"
    place_manual "$root/usr/share/man/man1"
    place_documents "$root/usr/share/doc/turnstile"
    place_licences "$root/usr/share/doc/turnstile"
    install -D -m 0644 Scripts/package.d/lintian-overrides "$root/usr/share/lintian/overrides/turnstile"
    write_control "$root"
    dpkg-deb --root-owner-group --build "$root" "$1/turnstile_$(deb_version)_$architecture.deb" >/dev/null
}

# A commit of no release is older than the release that follows it: 0.1.0~412.gd1868f0.
deb_version() { printf '%s' "${version/+/\~}"; }

place_programs() {
    install -D -m 0755 "$program" "$1/usr/bin/turnstile"
    # Beside no other program of the operator's: it runs on hosts alone.
    install -D -m 0755 "$agent" "$1/usr/lib/turnstile/turnstile-agent"
    install -D -m 0644 "$tree/units/turnstile-agent.service" "$1/usr/share/turnstile/turnstile-agent.service"
}

place_completions() {
    local shell file
    for shell in bash:bash-completion/completions/turnstile zsh:zsh/vendor-completions/_turnstile \
        fish:fish/vendor_completions.d/turnstile.fish; do
        file=$1/${shell#*:}
        install -d "$(dirname "$file")"
        "$program" --generate-completion-script "${shell%%:*}" | sed '1{/^#!/d}' >"$file"
        [[ -s $file ]] || die "the program wrote no completions for ${shell%%:*}"
    done
}

# One page for each command, from the program's own parser.
place_manual() {
    install -d "$1"
    "$program" --experimental-dump-help | python3 Scripts/package.d/manual.py "$version" "$1" "$program"
    gzip --no-name --best "$1"/*.1
}

# The documents name each other by these paths.
place_documents() {
    install -d "$1"/{docs/schemas,units,cloud-config}
    install -m 0644 "$tree"/{README,ARCHITECTURE,CHANGELOG}.md "$1/"
    install -m 0644 "$tree"/docs/*.md "$1/docs/"
    install -D -m 0644 -t "$1/docs/images" "$tree"/docs/images/*.png
    install -m 0644 "$tree"/docs/schemas/*.json "$1/docs/schemas/"
    install -m 0644 "$tree/units/FAULTS.md" "$1/units/"
    install -m 0644 "$tree"/cloud-config/* "$1/cloud-config/"
    ln -s cloud-config "$1/examples"
    gzip --no-name --best >"$1/changelog.gz" <<TEXT
turnstile ($(deb_version)) unstable; urgency=medium

  * CHANGELOG.md beside this file has what changed.

 -- $(maintainer)  $(date --utc --rfc-email --date="@$SOURCE_DATE_EPOCH")
TEXT
}

maintainer() { git log -1 --format='%an <%ae>' "$commit"; }

# The licences of Turnstile, and of what is linked into its programs.
place_licences() {
    local file
    install -d "$1/licences"
    for file in "$made"/build/checkouts/*/LICENSE*; do
        install -m 0644 "$file" "$1/licences/$(basename "$(dirname "$file")")"
    done
    install -m 0644 "$(dirname "$(command -v swift)")/../share/swift/LICENSE.txt" "$1/licences/swift"
    install -m 0644 /usr/share/doc/libssh2-1-dev/copyright "$1/licences/libssh2"
    cat >"$1/copyright" <<TEXT
Copyright 2026 the authors of Turnstile
License: Apache-2.0
 The text is in /usr/share/common-licenses/Apache-2.0.

The licences of what is linked into its programs are in the folder licences.
TEXT
}

write_control() {
    cat >"$1/DEBIAN/control" <<TEXT
Package: turnstile
Version: $(deb_version)
Architecture: $architecture
Maintainer: $(maintainer)
Installed-Size: $(du --summarize --apparent-size --block-size=1K "$1/usr" | cut -f1)
Depends: $(depends "$1/usr/bin/turnstile"), openssh-client
Suggests: kubernetes-client
Section: admin
Priority: optional
Description: upgrades CoreOS Container Linux and Flatcar hosts one at a time
 Each host's next step waits until the cluster is whole without it: fleet,
 etcd, Kubernetes and hooks of the operator's are asked. A host is committed
 to its new version only after it has proved that it is back.
TEXT
}

# The libraries that the program is linked to, as Debian packages.
depends() {
    local work=$made/depends
    rm -rf "$work" && mkdir -p "$work/debian"
    printf 'Source: turnstile\n\nPackage: turnstile\nArchitecture: any\n' >"$work/debian/control"
    (cd "$work" && dpkg-shlibdeps -O "$1" 2>/dev/null) | sed -n 's/^shlibs:Depends=//p'
}
