/// The judgement of a runbook before any of it is begun. Nothing but the runbook and the names of hosts is needed.
public struct RunbookCheck: Hashable, Sendable {
    /// The holds of the runbook, in the order of its stages.
    public let holds: [RunbookHold]

    /// - Parameters:
    ///   - configured: every host of the configuration.
    ///   - ended: the number of stages that have ended. The judgement of these is over.
    public init(_ runbook: Runbook, configured: [HostID], ended: Int) {
        let course = HostCourse(stages: runbook.stages, configured: configured)
        holds = runbook.stages.indices.dropFirst(ended).flatMap { index in
            course.older(at: index) + course.unwanted(at: index) + course.notLater(at: index)
        }
    }
}

/// The stages, as the hosts go through them.
private struct HostCourse {
    let stages: [RunbookStage]
    let configured: [HostID]

    /// The holds of a stage whose target is not the CoreOS release of the platform's release. Hosts that another stage
    /// upgrades further before the platform is reached are not judged.
    func unwanted(at index: Int) -> [RunbookHold] {
        guard let stage = stages[index].hosts, let platform = platform(judging: index) else { return [] }
        let bound = platform > index ? platform : stages.count
        let again = stages[index..<bound].dropFirst().compactMap(\.hosts).flatMap(hosts)
        guard let wish = stages[platform].platform, !hosts(of: stage).allSatisfy(again.contains) else {
            return []
        }
        guard let release = PlatformRelease.of(wish.to) else {
            return [
                .coreOSUnknown(
                    stage: stages[index].name, platform: stages[platform].name, version: wish.to)
            ]
        }
        guard !release.coreOS.isMet(by: stage.to) else { return [] }
        return [
            .otherCoreOS(
                stage: stages[index].name, to: stage.to, platform: stages[platform].name, version: wish.to)
        ]
    }

    /// The stage of the platform that a stage of hosts is judged by: the next one, else the last one before it.
    private func platform(judging index: Int) -> Int? {
        stages.indices.first { $0 > index && stages[$0].platform != nil }
            ?? stages.indices.last { $0 < index && stages[$0].platform != nil }
    }

    /// The holds of a stage that would take hosts back to an older release.
    func older(at index: Int) -> [RunbookHold] {
        guard let stage = stages[index].hosts, let to = ReleaseNumber(stage.to) else { return [] }
        let own = hosts(of: stage)
        let before = stages[..<index].last { earlier in
            earlier.hosts.map { hosts(of: $0).contains(where: own.contains) } ?? false
        }
        guard let before, let other = before.hosts?.to, let number = ReleaseNumber(other), to < number else {
            return []
        }
        return [.olderRelease(stage: stages[index].name, to: stage.to, after: before.name, than: other)]
    }

    /// The holds of a stage of the platform that is no step forward.
    func notLater(at index: Int) -> [RunbookHold] {
        guard let stage = stages[index].platform,
            let before = stages[..<index].last(where: { $0.platform != nil }),
            let other = before.platform?.to,
            stage.to <= other
        else { return [] }
        return [.platformNotLater(stage: stages[index].name, to: stage.to, after: before.name, than: other)]
    }

    private func hosts(of stage: HostStage) -> [HostID] { stage.hosts ?? configured }
}

extension PlatformRelease.CoreOSWish {
    /// True if Deis was tried with this release of CoreOS.
    public func isMet(by version: Version) -> Bool {
        guard let number = ReleaseNumber(version) else { return false }
        return switch self {
        case .exactly(let wanted): number == wanted
        case .atLeast(let least): number >= least
        }
    }
}
