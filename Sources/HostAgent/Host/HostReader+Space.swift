import AgentProtocol

/// The room for what staging writes. The payload needs none: it goes straight onto the other partition.
extension HostReader {
    /// The room for the agent's record, update_engine's preferences and journald's next lines, many times over.
    static let stateBytesNeeded: Int64 = 32 << 20

    /// - Parameter booted: the label of the partition that runs; nil where that is not known.
    func space(booted: String?) throws(HostFault) -> [HostSpace] {
        [try kernelSpace(booted: booted), try stateSpace()]
    }

    /// The new kernel takes the place of the other partition's, and is taken to be as large as the one that runs: how
    /// large it is, is known only once it is downloaded.
    private func kernelSpace(booted: String?) throws(HostFault) -> HostSpace {
        for place in KernelPlace.all {
            let (a, b) = (try effects.files.size(place.a), try effects.files.size(place.b))
            guard a != nil || b != nil else { continue }
            let (running, other) =
                switch booted {
                case "USR-A": (a, b)
                case "USR-B": (b, a)
                // The less favourable of the two.
                default: (max(a ?? 0, b ?? 0), min(a ?? 0, b ?? 0))
                }
            let free = try effects.files.freeBytes(place.directory)
            let (all, isTooMuch) = free.addingReportingOverflow(other ?? 0)
            return HostSpace(
                purpose: .kernel, path: place.directory, freeBytes: isTooMuch ? .max : all,
                neededBytes: running ?? other ?? 0)
        }
        throw .notUnderstood(
            subject: "/boot",
            reason: "no kernel is there: \(KernelPlace.all.map(\.a).joined(separator: ", "))")
    }

    /// The kernels of a partition, wherever postinst puts one.
    ///
    /// - Parameter label: of the partition, `USR-A` or `USR-B`.
    func kernels(of label: String) throws(HostFault) -> [String] {
        var found: [String] = []
        for place in KernelPlace.all {
            let path = label == "USR-A" ? place.a : place.b
            if try effects.files.size(path) != nil { found.append(path) }
        }
        return found
    }

    private func stateSpace() throws(HostFault) -> HostSpace {
        let directory =
            try effects.files.list(RecordStore.directory) == nil ? "/var/lib" : RecordStore.directory
        return HostSpace(
            purpose: .state, path: directory, freeBytes: try effects.files.freeBytes(directory),
            neededBytes: Self.stateBytesNeeded)
    }
}

/// Where a system's kernels lie on the EFI system partition: as coreos-postinst and flatcar-postinst write them.
private struct KernelPlace {
    var directory: String
    var a: String
    var b: String

    /// In the order in which flatcar-postinst looks: Flatcar keeps the directory of a host that was installed with CoreOS.
    /// The last is that of hosts installed before 557 (`cros_legacy`).
    static let all = [
        Self(directory: "/boot/coreos", name: "vmlinuz-", "a", "b"),
        Self(directory: "/boot/flatcar", name: "vmlinuz-", "a", "b"),
        Self(directory: "/boot/syslinux", name: "vmlinuz.", "A", "B"),
    ]

    private init(directory: String, name: String, _ a: String, _ b: String) {
        self.directory = directory
        self.a = "\(directory)/\(name)\(a)"
        self.b = "\(directory)/\(name)\(b)"
    }
}
