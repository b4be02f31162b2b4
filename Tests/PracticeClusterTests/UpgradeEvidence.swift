import Testing

extension PracticeClusterTests {
    /// Every host on the new version after one boot more, everything else as it was found, and never two out at once:
    /// by the hosts' own files and journals.
    func expectUpgradedOnce(_ cluster: PracticeCluster, since before: [String: HostEvidence]) async throws {
        let after = try await HostEvidence.readAll(cluster)
        for name in cluster.names {
            let (old, new) = (try #require(before[name]), try #require(after[name]))
            #expect(old.version == "1353.8.0" && new.version == "1409.7.0", "\(name)")
            #expect(new.boots == old.boots + 1, "\(name) booted exactly once more")
            #expect(old.booted.hasSuffix("p3") && new.booted.hasSuffix("p4"), "\(name)")
            #expect(new.attributes == "2/0/1", "\(name)")
            #expect(new.updateConfiguration == old.updateConfiguration, "\(name)")
            #expect(new.engineEnabled == "masked" && new.engineActive == "inactive", "\(name)")
        }
        try await expectNoOverlap(cluster)
    }

    func expectNoOverlap(_ cluster: PracticeCluster) async throws {
        var absences: [Absence] = []
        for name in cluster.names { absences.append(try await Absence.read(cluster, name)) }
        absences.sort { $0.from < $1.from }
        for (earlier, later) in zip(absences, absences.dropFirst()) {
            #expect(earlier.until < later.from, "\(earlier) and \(later) were out together")
        }
    }

    /// The cluster is nobody's, and its key remembers the tokens that were given.
    func expectFree(_ cluster: PracticeCluster) async throws {
        let evidence = try await LockEvidence.read(cluster)
        #expect(evidence.isFree, "\(evidence)")
    }
}
