import AgentProtocol

/// Proves that a partition still holds what was downloaded to it ahead.
struct PrefetchProof {
    let step: Step

    /// - Returns: the doubt that was found; nil where the partition is proved.
    func doubt(_ mark: StagingMark) async throws -> FoundDoubt? {
        // Stopped and masked: nothing writes to the partition while it is read, and afterwards.
        try await step.engine.rest()
        if let doubt = try await download(since: mark.prefetch?.cursor) { return doubt }
        if let doubt = await version(mark) { return doubt }
        return try digests(mark)
    }

    /// A journald that does not reach back that far proves nothing, and the digest has to do, which covers every byte.
    private func download(since cursor: String?) async throws -> FoundDoubt? {
        guard let cursor, !cursor.isEmpty, try await step.journal.holds(cursor) else { return nil }
        let since = try await step.journal.digest(since: cursor, ofThisBoot: false)
        guard since.sawOffer else { return nil }
        return FoundDoubt(
            .downloadedSince, "update-engine's log has a download of \(since.offered ?? "an update") since")
    }

    /// A partition that could not be looked into when it was written is proved by its digest alone.
    private func version(_ mark: StagingMark) async -> FoundDoubt? {
        guard mark.evidence.contains(.partition), let version = mark.version else { return nil }
        let label = mark.partition.label
        do {
            let found = try await step.otherPartition.version(on: mark.partition.device)
            guard found != version else { return nil }
            return FoundDoubt(
                .partitionRewritten, "\(label) holds \(found), and \(version) was written to it")
        } catch {
            return FoundDoubt(.partitionRewritten, "\(label) cannot be looked into any more: \(error)")
        }
    }

    private func digests(_ mark: StagingMark) throws -> FoundDoubt? {
        guard let written = mark.prefetch?.written else {
            return FoundDoubt(.partitionRewritten, "no digest of \(mark.partition.label) was kept")
        }
        let now = try step.written(to: mark.partition)
        guard now.sha256 == written.sha256 else {
            return FoundDoubt(
                .partitionRewritten,
                "the bytes on \(mark.partition.label) are not those that were written to it")
        }
        guard now.kernels == written.kernels else {
            let paths = Set((now.kernels + written.kernels).map(\.path)).sorted().joined(separator: ", ")
            return FoundDoubt(
                .kernelChanged, "\(paths): not the kernel that was put there for \(mark.partition.label)")
        }
        return nil
    }
}
