# A host's disk: a real GPT with the partitions, types, identities and boot attributes of CoreOS, on a loop device.
# shellcheck shell=bash

readonly usr_type=5dfbf5f4-2848-4bac-aa5e-0d9a20b745a6
readonly sectors_per_mib=2048

# new_disk FILE IMAGE: USR-A holds the image and is good; USR-B is blank, as after an installation.
new_disk() {
    local disk=$1 image=$2 usr=$((partition_mib * sectors_per_mib))
    local usr_a=$((5 * sectors_per_mib))
    local usr_b=$((usr_a + usr)) oem=$((usr_a + 2 * usr))
    rm -f "$disk"
    truncate -s $((2 * partition_mib + 12))M "$disk"
    # cgpt says on stderr that there was no table yet: that is why it is told to create one.
    cgpt create "$disk" 2>/dev/null
    cgpt boot -p "$disk" >/dev/null
    cgpt add -i 1 -b $((1 * sectors_per_mib)) -s $((2 * sectors_per_mib)) -l EFI-SYSTEM \
        -t c12a7328-f81f-11d2-ba4b-00a0c93ec93b "$disk"
    cgpt add -i 2 -b $((3 * sectors_per_mib)) -s $((2 * sectors_per_mib)) -l BIOS-BOOT \
        -t 21686148-6449-6e6f-744e-656564454649 "$disk"
    cgpt add -i 3 -b "$usr_a" -s "$usr" -l USR-A -t "$usr_type" \
        -u 7130c94a-213a-4e5a-8e26-6cce9662f132 -P1 -T0 -S1 "$disk"
    cgpt add -i 4 -b "$usr_b" -s "$usr" -l USR-B -t "$usr_type" \
        -u e03dd35c-7c2d-4a47-b3fe-27f15780a57c -P0 -T0 -S0 "$disk"
    cgpt add -i 6 -b "$oem" -s $((2 * sectors_per_mib)) -l OEM -t 0fc63daf-8483-4772-8e79-3d69d8477de4 "$disk"
    cgpt add -i 9 -b $((oem + 2 * sectors_per_mib)) -s $((2 * sectors_per_mib)) -l ROOT \
        -t 3884dd41-8582-4404-b9a8-e9b84f2df50e "$disk"
    dd if="$image" of="$disk" bs=1M seek=5 conv=notrunc,sparse status=none
}

# Sets the disk up on a loop device and tells the kernel of USR-A and USR-B one by one: not every kernel reads GPT.
attach_disk() {
    local disk=$1 device part start size
    device=$(losetup --find --show "$disk")
    for part in 3 4; do
        # What an earlier disk left on this device says nothing about this one.
        [[ ! -b ${device}p$part ]] || delpart "$device" "$part"
        start=$(cgpt show -i "$part" -b "$device")
        size=$(cgpt show -i "$part" -s "$device")
        addpart "$device" "$part" "$start" "$size"
    done
    printf '%s' "$device"
}

# Lets go of a loop device. Its last mount may still be on its way out, hence the patience.
detach_disk() {
    local device=$1 part attempt
    for part in 3 4; do
        for attempt in {1..50}; do
            [[ -b ${device}p$part ]] || break
            delpart "$device" "$part" 2>/dev/null && break
            sleep 0.1
        done
    done
    losetup -d "$device" 2>/dev/null || true
}

# The loop devices whose file is in this cluster's directory, found by asking the kernel rather than by a record.
cluster_disks() {
    losetup --list --noheadings --output NAME,BACK-FILE |
        awk -v prefix="$practice_dir/" 'index($2, prefix) == 1 { print $1 }'
}
