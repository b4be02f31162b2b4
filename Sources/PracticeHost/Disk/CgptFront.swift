import HostFiles

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// `cgpt` as CoreOS has it, in front of Debian's.
///
/// Adds the type aliases, the `Attr:` lines of `show`, `prioritize` for CoreOS's types, and the missing `p` of `find`
/// (facts 0.37). Everything else is passed on untouched.
struct CgptFront: Sendable {
    func run(_ arguments: [String]) async throws -> Int32 {
        guard let word = arguments.first else { return try passOn(arguments) }
        var arguments = CgptArguments.withTypesSpelledOut(arguments)
        switch CgptArguments.subcommand(word) {
        case "show":
            guard CgptArguments.printsTable(arguments) else { return try passOn(arguments) }
            return try await show(arguments)
        case "find": return try await find(arguments)
        case "prioritize":
            arguments.removeFirst()
            return try await prioritize(try CgptArguments.Prioritize(arguments))
        default: return try passOn(arguments)
        }
    }

    /// Becomes Debian's cgpt.
    private func passOn(_ arguments: [String]) throws -> Int32 {
        var words = (["cgpt"] + arguments).map { strdup($0) } + [nil]
        execv(RealCgpt.path, &words)
        throw Failure.lastSystemError("run", RealCgpt.path)
    }

    private func show(_ arguments: [String]) async throws -> Int32 {
        // cgpt warns of a damaged copy on standard error, and succeeds (facts 0.60).
        let (result, errors) = try await RealCgpt.command(arguments).runApart()
        guard result.succeeded else { return try passOn(arguments) }
        StandardError.write(errors)
        var attributes: [Int: PartitionAttributes] = [:]
        if let disk = arguments.last {
            for number in CgptTable.usrNumbers(in: result.output) {
                attributes[number] = try await RealCgpt.attributes(
                    of: try PartitionDevice(disk: disk, number: number))
            }
        }
        StandardOutput.write(CgptTable.asOnCoreOS(result.output, attributes: attributes))
        return 0
    }

    private func find(_ arguments: [String]) async throws -> Int32 {
        // Without a disk it looks at all of them, but never at loop devices, and a practice host's only disk is one.
        let disk = arguments.contains { $0.hasPrefix("/dev/") } ? [] : [try Rootdev.bootedPartition().disk]
        let result = try await RealCgpt.command(arguments + disk).run()
        // A failure is told by the one that failed, on its own standard error.
        guard result.succeeded else { return try passOn(arguments + disk) }
        let lines = result.output.split(separator: "\n").map { line in
            guard let partition = try? PartitionDevice(path: String(line)) else { return String(line) }
            return partition.disk + "\(partition.number)"
        }
        StandardOutput.write(lines.map { $0 + "\n" }.joined())
        return 0
    }

    private func prioritize(_ request: CgptArguments.Prioritize) async throws -> Int32 {
        let partitions = try await RealCgpt.usrPartitions(of: request.partition.disk)
        guard partitions.contains(request.partition) else {
            throw Failure.unusable(
                subject: "the partition", found: request.partition.path, expected: "one of CoreOS's /usr")
        }
        var now: [Int: PartitionAttributes] = [:]
        for partition in partitions {
            now[partition.number] = try await RealCgpt.attributes(of: partition)
        }
        let raised = Prioritization.priorities(
            raising: request.partition.number, in: now.mapValues(\.priority), highest: request.highest)
        for partition in partitions where raised[partition.number] != now[partition.number]?.priority {
            try await RealCgpt.command([
                "add", "-i", "\(partition.number)", "-P", "\(raised[partition.number] ?? 0)", partition.disk,
            ]).output()
        }
        return 0
    }
}
