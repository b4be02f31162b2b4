# Faults of the engine, the server it asks, and set-good. `off` undoes each.
# shellcheck shell=bash

# set_fault HOST KIND off|VALUE: the stand-ins look it up themselves.
set_fault() {
    local host=$1 kind=$2 value=$3 key preset
    case $kind in
    update-server-down) key=SERVER preset=down ;;
    server-error | server-nonsense) key=SERVER preset=${kind#server-} ;;
    server-offers-running) key=SERVER preset=running ;;
    payload-corrupt | postinst-fail) key=$(tr 'a-z-' 'A-Z_' <<<"$kind") preset=1 ;;
    setgood-fail | setgood-silent | setgood-never) key=SETGOOD preset=${kind#setgood-} ;;
    setgood-hangs) key=SETGOOD preset=hang ;;
    setgood-slow) key=SETGOOD_DELAY preset=3 ;;
    client-hangs) key=CLIENT_HANGS preset=40 ;;
    engine-stuck) key=ENGINE_STUCK preset='' ;;
    engine-crashes) key=ENGINE_CRASHES preset=START ;;
    *) no_such_fault "$kind" ;;
    esac
    case $kind:$value in
    *:off) value='' ;;
    engine-stuck:on) die "engine-stuck takes an operation: $engine_operations" ;;
    *:on) value=$preset ;;
    setgood-slow:* | client-hangs:*)
        [[ $value =~ ^[0-9]+(\.[0-9]+)?$ ]] || die "$kind takes seconds, not \"$value\""
        ;;
    engine-stuck:* | engine-crashes:*)
        [[ " $engine_operations " == *" $value "* ]] || die "$kind takes one of $engine_operations, not \"$value\""
        ;;
    *) no_such_fault "$kind $value" ;;
    esac
    write_setting "$host" "$key" "$value"
}

readonly engine_operations='CHECKING_FOR_UPDATE UPDATE_AVAILABLE DOWNLOADING FINALIZING REPORTING_ERROR_EVENT'

# change_unit HOST KIND on|off: what systemd makes of update-engine.service.
change_unit() {
    inside "$1" sh -e -c '
        unit=update-engine.service
        file=/usr/lib/systemd/system/$unit
        mask=/etc/systemd/system/$unit
        drop_in=/etc/systemd/system/$unit.d
        case $0 in
        engine-missing:on) rm -f "$mask"; mv "$file" "$file.missing" ;;
        engine-missing:off) mv "$file.missing" "$file"; ln -sf /dev/null "$mask" ;;
        engine-masked-runtime:on) rm -f "$mask"; systemctl --quiet mask --runtime "$unit" ;;
        engine-masked-runtime:off) systemctl --quiet unmask --runtime "$unit"; ln -sf /dev/null "$mask" ;;
        engine-skipped:on)
            mkdir -p "$drop_in"
            printf "%s\n" "[Unit]" ConditionPathExists=/never >"$drop_in/20-skipped.conf"
            ;;
        engine-skipped:off) rm -f "$drop_in/20-skipped.conf"; rmdir "$drop_in" 2>/dev/null || true ;;
        *) echo "there is no fault $0" >&2; exit 1 ;;
        esac
        systemctl daemon-reload' "$2:$3" || no_such_fault "$2 $3"
}

# stage_already HOST on|VERSION|off: somebody else ran the engine to its end, and left it stopped and masked.
stage_already() {
    [[ $2 == on || $2 == off ]] || command_offer "$2" "$1"
    inside "$1" sh -e -c '
        unit=update-engine.service
        booted=$(rootdev -s /usr)
        number=${booted##*[!0-9]}
        disk=${booted%p"$number"}
        # The priority of the partition that runs.
        found=/run/practice-staged-already
        systemctl --quiet unmask "$unit"
        systemctl start "$unit"
        if [ "$0" = off ]; then
            update_engine_client -reset_status
            cgpt prioritize "$booted"
            cgpt add -i "$number" -P "$(cat "$found")" "$disk"
        else
            cgpt show -i "$number" -P "$disk" >"$found"
            update_engine_client -update
        fi >/dev/null 2>&1
        systemctl stop "$unit"
        systemctl --quiet mask "$unit"
        systemctl reset-failed "$unit"' "$2"
}
