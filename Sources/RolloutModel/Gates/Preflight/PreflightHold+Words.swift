extension PreflightHold {
    public var says: String {
        switch self {
        case .partitionTableDamaged(let host, let disk, let why):
            "the partition table of \(disk) on host '\(host)' is damaged in one of its copies: \(why)"
        case .settingOdd(let host, let setting): "update-engine of host '\(host)' \(setting.reading)"
        case .engineBusy(let host, let operation):
            "update-engine of host '\(host)' is at work by itself, at \(operation)"
        case .spaceLacking(let host, let space):
            """
            host '\(host)' has \(space.freeBytes.asMebibytes) left on \(space.path) for \(space.purpose.words), and needs \
            \(space.neededBytes.asMebibytes)
            """
        case .cgroupsRefused(let host, let target):
            "host '\(host)' runs cgroup v1, and \(target) does not go onto such a host: its postinst ends the update"
        }
    }

    public var brief: String {
        switch self {
        case .engineBusy(let host, _): "update-engine of '\(host)' is at work by itself"
        case .spaceLacking(let host, let space): "'\(host)' has not enough room on \(space.path)"
        default: says
        }
    }
}
