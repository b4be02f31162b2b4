# Faults of what a host writes to: its journal, and the directories the agent keeps things in. `off` undoes each.
# shellcheck shell=bash

# change_journald HOST KIND on|off
change_journald() {
    inside "$1" sh -e -c '
        drop_in=/etc/systemd/journald.conf.d
        case $0 in
        # The entries until now are gone; what comes is kept.
        journald-rotated:on)
            journalctl --quiet --sync
            journalctl --quiet --rotate
            journalctl --quiet --vacuum-time=1ms --vacuum-size=1 --vacuum-files=1
            exit
            ;;
        journald-rotated:off) exit ;;
        journald-volatile:on | journald-none:on)
            storage=${0#journald-}
            mkdir -p "$drop_in"
            printf "%s\n" "[Journal]" "Storage=${storage%:on}" >"$drop_in/storage.conf"
            ;;
        journald-volatile:off | journald-none:off) rm -f "$drop_in/storage.conf" ;;
        *) echo "there is no fault $0" >&2; exit 1 ;;
        esac
        systemctl restart systemd-journald.service
        # What another Storage= kept is not there for one who never had it.
        case $0 in
        journald-none:on) rm -rf /var/log/journal/* /run/log/journal/* ;;
        *:on) rm -rf /var/log/journal/* ;;
        *) journalctl --quiet --flush ;;
        esac' "$2:$3" || no_such_fault "$2 $3"
}

# damage_table HOST on|off: the second copy of the partition table, at the end of the disk.
damage_table() {
    inside "$1" sh -e -c '
        booted=$(rootdev -s /usr)
        disk=${booted%p"${booted##*[!0-9]}"}
        case $0 in
        on) dd if=/dev/zero of="$disk" bs=512 seek="$(($(blockdev --getsz "$disk") - 1))" count=1 conv=notrunc,fsync status=none ;;
        off) cgpt repair "$disk" >/dev/null 2>&1 ;;
        esac' "$2"
}

# spoil_directory HOST disk-full|disk-readonly on|state|config|run|off
#
# Mounts in the host's own namespace: an agent that is started afterwards finds them in its own.
spoil_directory() {
    local host=$1 kind=$2 directory
    case $3 in
    on | state) directory=/var/lib/turnstile ;;
    config) directory=/etc/coreos ;;
    run) directory=/run/turnstile ;;
    boot)
        directory=/boot
        # The other partition's kernel, overwritten, would be room enough for the next one.
        inside "$host" sh -c 'case $(rootdev -s /usr) in *3) other=b ;; *) other=a ;; esac
            rm -f "/boot/$0/vmlinuz-$other"' "$(distro)"
        ;;
    off) mend_directories "$host"; return ;;
    *) die "$kind takes state, config, run or boot, not \"$3\"" ;;
    esac
    case $kind in
    disk-readonly)
        inside "$host" sh -e -c 'mkdir -m 0700 -p "$0"; mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"' "$directory"
        ;;
    disk-full)
        # A filesystem without a block or an inode to spare, and with all that was there before.
        inside "$host" sh -e -c '
            mkdir -m 0700 -p "$0"
            tar -C "$0" -cf /run/practice-spoilt.tar .
            mount -t tmpfs -o "mode=$(stat -c %a "$0"),size=512k,nr_inodes=64" practice-full "$0"
            tar -C "$0" -xf /run/practice-spoilt.tar
            rm /run/practice-spoilt.tar
            mkdir "$0/.full"
            cat /dev/zero >"$0/.full/blocks" 2>/dev/null || true
            inode=0
            while touch "$0/.full/$inode" 2>/dev/null; do inode=$((inode + 1)); done' "$directory"
        ;;
    *) no_such_fault "$kind" ;;
    esac
}

# What was written meanwhile is kept.
mend_directories() {
    inside "$1" sh -e -c '
        for directory in /var/lib/turnstile /etc/coreos /run/turnstile /boot; do
            mountpoint -q "$directory" || continue
            if [ "$(findmnt -n -o SOURCE "$directory")" = practice-full ]; then
                rm -rf "$directory/.full"
                # An agent at work there is given time to end.
                attempt=0
                until
                    tar -C "$directory" -cf /run/practice-spoilt.tar .
                    umount "$directory" 2>/dev/null
                do
                    attempt=$((attempt + 1))
                    [ "$attempt" -lt 100 ]
                    sleep 0.2
                done
                tar -C "$directory" -xf /run/practice-spoilt.tar
                rm /run/practice-spoilt.tar
            else
                # The fault may have been made more than once.
                while mountpoint -q "$directory"; do umount "$directory"; done
            fi
        done'
}
