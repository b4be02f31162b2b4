# Deis v1 on a cluster: its programs and files on each host, its installation, and some applications.
# shellcheck shell=bash

readonly platform_domain=practice.test
readonly platform_admin=admin
readonly platform_password=practice
# Those whose manners differ, and the ones that tests go from and to.
readonly deisctl_versions='1.8.0 1.9.1 1.10.1 1.11.2 1.12.3 1.13.0 1.13.4 1.13.5'
readonly platform_components='builder controller database logger logspout publisher registry router
  store-daemon store-gateway store-metadata store-monitor store-volume'

check_platform() {
    [[ $1 =~ ^1\.[0-9]+\.[0-9]+$ ]] || die "--platform is a version of Deis such as 1.13.4, not \"$1\""
}

# The version that the cluster was brought up with; nothing where it has no platform.
cluster_platform() { cat "$practice_dir/platform" 2>/dev/null; }

# write_platform HOST: what Deis' user-data puts on a host.
write_platform() {
    local index=$1 upper address
    upper=$(host_dir "$index")/upper
    address=$(host_address "$(cluster_number)" "$index")
    install -d "$upper/var/lib/deis/units" "$upper/run"
    echo "DEIS_RELEASE=v$platform" >"$upper/etc/deis-release"
    {
        cat "$(base_tree "$(debian_codename)")/etc/environment"
        printf '%s\n' "COREOS_PRIVATE_IPV4=$address" "COREOS_PUBLIC_IPV4=$address"
    } >"$upper/etc/environment"
    install -m 0644 "$practice_parts/units/deis-units.service" "$upper/etc/systemd/system/deis-units.service"
    ln -s ../deis-units.service "$upper/etc/systemd/system/multi-user.target.wants/deis-units.service"
    ln -s /usr/lib/turnstile-practice/practice-host "$upper/usr/bin/docker"
    write_deisctls "$index"
    install -m 0755 "$(host_dir "$index")/outside/deisctl/$platform/deisctl" "$upper/opt/bin/deisctl"
    "$practice_dir/bin/practice-host" deisctl --practice-version="$platform" refresh-units \
        -p "$upper/var/lib/deis/units" -t "v$platform" >/dev/null
    local component
    for component in $platform_components; do
        echo "deis/$component:v$platform"
    done >"$upper/var/lib/deis/images"
    sed -i 's/^metadata=.*/metadata="controlPlane=true,dataPlane=true,routerMesh=true"/' "$upper/etc/fleet/fleet.conf"
    write_setting "$index" PLATFORM_SCALE "$platform_scale"
}

# write_deisctls HOST: a program for each version, as a copy of a release would be: it can be copied and renamed. The host's
# journal has each command that it was given (journalctl -t deisctl).
write_deisctls() {
    local version directory
    for version in $deisctl_versions "$platform"; do
        directory=$(host_dir "$1")/outside/deisctl/$version
        install -d "$directory" "$practice_dir/deisctl/$version"
        printf '%s\n' '#!/bin/sh' "logger -t deisctl -- \"$version \$*\"" \
            "exec /usr/lib/turnstile-practice/practice-host deisctl --practice-version=$version \"\$@\"" >"$directory/deisctl"
        chmod 0755 "$directory/deisctl"
        cp "$directory/deisctl" "$practice_dir/deisctl/$version/deisctl"
    done
}

# first_host_up: the number of the first host that is up.
first_host_up() {
    local index
    for ((index = 1; index <= $(host_count); index++)); do
        host_is_up "$index" || continue
        echo "$index"
        return
    done
    die "no host of this cluster is up"
}

# run_deisctl VERSION ARGUMENT…: on the first host that is up, as its user.
run_deisctl() {
    local version=$1 words
    [[ -x $(host_dir 1)/outside/deisctl/$version/deisctl ]] ||
        die "there is no deisctl \"$version\" here: it is one of $deisctl_versions"
    printf -v words ' %q' "${@:2}"
    host_ssh "$(first_host_up)" "/usr/lib/turnstile-practice/deisctl/$version/deisctl$words"
}

command_deisctl() {
    need_cluster
    [[ -n $(cluster_platform) ]] || die "this cluster has no platform: bring one up with Scripts/practice up --platform VERSION"
    (($# >= 1)) || die "deisctl needs a version: $deisctl_versions"
    run_deisctl "$@"
}

# install_platform APPLICATIONS: installs and starts it, and runs applications on it.
install_platform() {
    local mesh=()
    [[ $platform == 1.8.* ]] || mesh=(--router-mesh-size="$(host_count)")
    {
        run_deisctl "$platform" config platform set "domain=$platform_domain" "version=v$platform"
        run_deisctl "$platform" install platform "${mesh[@]}"
        run_deisctl "$platform" start platform
    } >"$practice_dir/platform.log" 2>&1 || die "cannot install the platform: its log is $practice_dir/platform.log"
    wait_until 300 "Deis' controller" controller_answers || return
    write_admin
    local number
    for number in $(seq "$1"); do
        run_application "app-$number" || die "cannot run app-$number: see $practice_dir/platform.log"
    done
    for number in $(seq "$1"); do
        wait_until 300 "app-$number behind all routers" application_answers "app-$number" || return
    done
}

etcd_value() { etcd_get 1 "/v2/keys$1" | sed -n 's/.*"value":"\([^"]*\)".*/\1/p'; }

controller_url() { printf 'http://%s:8000' "$(etcd_value /deis/controller/host)"; }

controller_answers() {
    [[ $(curl --silent --noproxy '*' --max-time 3 --output /dev/null --write-out '%{http_code}' "$(controller_url)/v1/") == 401 ]]
}

# controller METHOD PATH [JSON]: as the administrator.
controller() {
    curl --silent --show-error --fail --noproxy '*' --max-time 120 --request "$1" ${3:+--data "$3"} \
        --header 'Content-Type: application/json' \
        --header "Authorization: token $(sed -n 's/^TOKEN=//p' "$practice_dir/deis-admin" 2>/dev/null)" \
        "$(controller_url)$2"
}

# The first user is the administrator.
write_admin() {
    local who="\"username\":\"$platform_admin\",\"password\":\"$platform_password\"" token
    controller POST /v1/auth/register/ "{$who,\"email\":\"admin@$platform_domain\"}" >>"$practice_dir/platform.log"
    token=$(controller POST /v1/auth/login/ "{$who}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
    printf '%s\n' "USERNAME=$platform_admin" "PASSWORD=$platform_password" "TOKEN=$token" "DOMAIN=$platform_domain" \
        >"$practice_dir/deis-admin"
}

# run_application NAME: one container on each host, more or less.
run_application() {
    {
        controller POST /v1/apps/ "{\"id\":\"$1\"}" &&
            controller POST "/v1/apps/$1/config/" "{\"values\":{\"GREETING\":\"hello from $1\"}}" &&
            controller POST "/v1/apps/$1/builds/" "{\"image\":\"practice/$1:1\",\"procfile\":{\"web\":\"serve\"}}" &&
            controller POST "/v1/apps/$1/scale/" "{\"web\":$(host_count)}"
    } >>"$practice_dir/platform.log" 2>&1
}

# application_answers NAME: through each router.
application_answers() {
    local index
    for index in $(seq "$(host_count)"); do
        curl --silent --fail --noproxy '*' --max-time 3 --output /dev/null --header "Host: $1.$platform_domain" \
            "http://$(host_address "$(cluster_number)" "$index")/" || return
    done
}
