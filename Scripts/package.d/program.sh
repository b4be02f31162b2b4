# The operator's program. Swift's runtime is linked into it; libc and OpenSSL are those of the system.
# shellcheck shell=bash

build_program() {
    local bin
    say "building turnstile $version"
    swift_build --product turnstile
    bin=$(swift_build --show-bin-path)
    program=$made/turnstile
    strip -o "$program" "$bin/turnstile"
    [[ $("$program" --version) == "$version" ]] || die "the program that was built says version $("$program" --version)"
}

swift_build() {
    swift build --package-path "$tree" --scratch-path "$made/build" --configuration release --static-swift-stdlib "$@"
}
