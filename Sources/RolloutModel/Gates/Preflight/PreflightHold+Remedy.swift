extension PreflightHold {
    public var remedy: Remedy {
        switch self {
        case .partitionTableDamaged(let host, let disk, _):
            [
                """
                \(run: "cgpt repair \(disk)", on: host, asRoot: true) as root on '\(host)' writes it anew from the good copy
                """,
                "then look at the disk's health",
            ]
        case .settingOdd(let host, let setting): setting.remedy(on: host)
        case .engineBusy(let host, _):
            [
                """
                \(.wait) until it is idle, or stop it: \
                \(run: "systemctl stop update-engine", on: host, asRoot: true) on '\(host)'
                """
            ]
        case .spaceLacking(let host, let space): space.purpose.remedy(on: host, space.path)
        case .cgroupsRefused(let host, _):
            [
                """
                move '\(host)' to cgroup v2 first, and reboot it: remove /etc/flatcar-cgroupv1 and \
                /etc/systemd/system/containerd.service.d/10-use-cgroupfs.conf, and from /usr/share/oem/grub.cfg the line \
                with systemd.unified_cgroup_hierarchy=0
                """
            ]
        }
    }
}
