import HostFiles

/// `rootdev`: which device a directory is on. `-s /usr` prints the booted partition, `-d` its disk.
enum Rootdev {
    static func run(_ arguments: [String]) throws -> Int32 {
        let booted = try bootedPartition()
        let flags = arguments.filter { $0.hasPrefix("-") }.joined()
        let path = arguments.first { !$0.hasPrefix("-") } ?? "/"
        if flags.contains("d") {
            StandardOutput.write(booted.disk + "\n")
        } else if path == "/usr" {
            StandardOutput.write(booted.path + "\n")
        } else {
            // Everything else of a CoreOS host is on ROOT.
            StandardOutput.write(try booted.sibling(number: 9).path + "\n")
        }
        return 0
    }

    static func bootedPartition() throws -> PartitionDevice {
        guard let text = try TextFile.text(of: "/proc/self/mountinfo"),
            let source = mountSource(of: imageMountPoint, mountinfo: text)
        else { throw Failure.notBooted }
        return try PartitionDevice(path: source)
    }

    /// A directory that only the booted partition's image has.
    static let imageMountPoint = "/usr/share/coreos"

    /// The device behind the last mount at a path: of fields `… MOUNTPOINT OPTIONS … - TYPE SOURCE …`.
    static func mountSource(of mountPoint: String, mountinfo: String) -> String? {
        for line in mountinfo.split(separator: "\n").reversed() {
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[4] == mountPoint,
                let separator = fields.firstIndex(of: "-"), separator + 2 < fields.count
            else { continue }
            return String(fields[separator + 2])
        }
        return nil
    }
}
