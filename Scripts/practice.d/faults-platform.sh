# Faults of Deis' units and components. `off` undoes each. A unit may be on any host: see `fault all`.
# shellcheck shell=bash

fault_kinds+=',
  units-fail NAME[,NAME], units-restart NAME[,NAME], units-slow NAME:SECONDS[,…], apps-sick APP[,APP],
  migration-fails, pull-fails, store-health WORD, downloads N, takeover-key-seconds N, platform-scale X'

# fault_platform HOST KIND VALUE|off: the stand-ins look it up themselves.
fault_platform() {
    local value=$3
    [[ $value != off ]] || value=
    case $2:$3 in
    migration-fails:on | pull-fails:on) value=1 ;;
    *:off) ;;
    *:on) die "$2 takes a value: $fault_kinds" ;;
    esac
    write_setting "$1" "$(tr 'a-z-' 'A-Z_' <<<"$2")" "$value"
}
