# The hosts' program, static, and its unit.
# shellcheck shell=bash

build_agent() {
    say "building turnstile-agent $version"
    "$tree/Scripts/build-agent" >&2
    agent=$tree/.build/agent/turnstile-agent
    [[ $("$agent" --version) == "$version" ]] || die "the agent that was built says version $("$agent" --version)"
}

# make_agent_archive DIRECTORY
make_agent_archive() {
    local name=turnstile-agent-$version-linux-$architecture root=$made/archive
    rm -rf "$root"
    install -D -m 0755 "$agent" "$root/$name/turnstile-agent"
    install -m 0644 "$tree"/units/turnstile-agent.service "$tree/LICENSE" "$root/$name/"
    tar --create --directory "$root" --sort=name --owner=0 --group=0 --numeric-owner \
        --mtime="@$SOURCE_DATE_EPOCH" "$name" | gzip --no-name --best >"$1/$name.tar.gz"
}
