import HostFiles

/// The /usr that GRUB boots, and the attributes that it writes first (facts 4, gptprio).
struct BootChoice: Hashable, Sendable {
    var number: Int
    /// The attributes of the chosen partition on the disk once it is booted.
    var attributes: PartitionAttributes

    /// Chooses the highest priority among partitions with a try left or a success; the first of equals. nil if none can
    /// boot.
    init?(among partitions: [(number: Int, attributes: PartitionAttributes)]) {
        var best: (number: Int, attributes: PartitionAttributes)?
        for partition in partitions where partition.attributes.isBootable {
            if let best, best.attributes.priority >= partition.attributes.priority { continue }
            best = partition
        }
        guard var best else { return nil }
        best.attributes.tries = max(0, best.attributes.tries - 1)
        number = best.number
        attributes = best.attributes
    }

    /// `gptprio DISK`: chooses, writes the taken try to the disk, and prints `NUMBER|TRIES|WHAT IT SAW`.
    static func run(_ arguments: [String]) async throws -> Int32 {
        guard let disk = arguments.first else {
            throw Failure.unusable(subject: "the disk", found: "", expected: "a device file")
        }
        var partitions: [(number: Int, attributes: PartitionAttributes)] = []
        for partition in try await RealCgpt.usrPartitions(of: disk) {
            partitions.append((partition.number, try await RealCgpt.attributes(of: partition)))
        }
        guard let choice = BootChoice(among: partitions) else {
            StandardError.write("gptprio: no bootable partition on \(disk): saw \(seen(partitions))\n")
            return 1
        }
        if partitions.first(where: { $0.number == choice.number })?.attributes != choice.attributes {
            try await RealCgpt.set(
                choice.attributes, of: try PartitionDevice(disk: disk, number: choice.number))
        }
        StandardOutput.write("\(choice.number)|\(choice.attributes.tries)|\(seen(partitions))\n")
        return 0
    }

    /// `p3:P1,T0,S1 p4:P2,T1,S0`
    static func seen(_ partitions: [(number: Int, attributes: PartitionAttributes)]) -> String {
        partitions.map { number, seen in
            "p\(number):P\(seen.priority),T\(seen.tries),S\(seen.successful ? 1 : 0)"
        }.joined(separator: " ")
    }
}
