# Faults that other software of a host makes: cloud-init, locksmithd, Deis' units for a graceful shutdown.
# shellcheck shell=bash

fault_kinds+=',
  cloud-init rewrite|stop|mask, locksmithd [STRATEGY], graceful-etcd-shutdown, graceful-deis-shutdown,
  noupdate, reboot-required, cgroups v1|v2'

readonly user_data=/var/lib/coreos-install/user_data

# fault_cloud_init HOST rewrite|stop|mask|off [off]: the cloud-config that is applied at every boot from the next one on.
fault_cloud_init() {
    local kind=${2:-}
    [[ ${3:-on} != off ]] || kind=off
    case $kind in
    rewrite | stop | mask)
        cloud_config "$kind" | inside "$1" sh -c 'mkdir -p "${0%/*}"; cat >"$0.new"; mv "$0.new" "$0"' "$user_data"
        ;;
    off)
        # What was applied stays on a real host too; a unit that it wrote would run again only if asked for.
        inside "$1" sh -c 'rm -f "$0" /etc/systemd/system/stop-update-engine.service; systemctl daemon-reload' "$user_data"
        ;;
    *) die "cloud-init takes rewrite, stop or mask, not \"$kind\"" ;;
    esac
}

# The three ways in which a cloud-config and an update meet: update.conf written anew and the engine restarted; the
# engine stopped, as Deis has it from 1.11 on; the engine stopped and masked by a unit, as Deis had it before.
cloud_config() {
    printf '%s\n' '#cloud-config' coreos:
    case $1 in
    rewrite) printf '%s\n' '  update:' '    group: alpha' '    reboot-strategy: "off"' ;;
    stop) printf '%s\n' '  units:' '    - name: update-engine.service' '      command: stop' '      enable: false' ;;
    mask)
        printf '%s\n' '  units:' '    - name: stop-update-engine.service' '      command: start' '      content: |' \
            '        [Unit]' '        Description=stop update-engine' '        [Service]' '        Type=oneshot' \
            '        ExecStart=/usr/bin/systemctl stop update-engine.service' \
            '        ExecStartPost=/usr/bin/systemctl mask update-engine.service'
        ;;
    esac
}

# fault_locksmithd HOST reboot|etcd-lock|best-effort|on|off: it runs with that strategy; with none for "on". With "off"
# it says so and ends: so hosts are found.
fault_locksmithd() {
    local line="REBOOT_STRATEGY=$2"
    case $2 in
    on) line='#REBOOT_STRATEGY=off' ;;
    reboot | etcd-lock | best-effort | off) ;;
    *) die "locksmithd takes reboot, etcd-lock or best-effort, not \"$2\"" ;;
    esac
    inside "$1" sed -i "s/^#*REBOOT_STRATEGY=.*/$line/" "/etc/$(distro)/update.conf"
    inside "$1" systemctl restart locksmithd.service
}

# fault_graceful HOST UNIT on|off: a unit of that name is active, and does no harm when it stops.
fault_graceful() {
    local file=/etc/systemd/system/$2.service
    case $3 in
    on)
        printf '%s\n' '[Unit]' "Description=$2" '[Service]' Type=oneshot RemainAfterExit=yes ExecStart=/bin/true |
            inside "$1" sh -c 'cat >"$0"; systemctl daemon-reload' "$file"
        inside "$1" systemctl start "$2.service"
        ;;
    off)
        inside "$1" systemctl stop "$2.service"
        inside "$1" sh -c 'rm -f "$0"; systemctl daemon-reload' "$file"
        ;;
    *) die "$2 takes nothing but off" ;;
    esac
}
