# What is in the packages, as an SPDX document.
# shellcheck shell=bash

# make_bill DIRECTORY
make_bill() {
    python3 Scripts/package.d/bill.py --version "$version" --commit "$commit" \
        --time "$SOURCE_DATE_EPOCH" --resolved "$tree/Package.resolved" \
        --linked "libssh2=$(pkg-config --modversion libssh2)" --linked "swift=$(swift_version)" \
        --file "$program" --file "$agent" >"$1/turnstile-$version.spdx.json"
}

swift_version() { swift --version 2>/dev/null | sed -n 's/.*Swift version \([^ ]*\).*/\1/p'; }
