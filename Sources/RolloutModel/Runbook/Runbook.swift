/// Host rollouts and upgrades of a platform, in the order in which they are taken.
public struct Runbook: Codable, Hashable, Sendable {
    public var stages: [RunbookStage]

    public init(stages: [RunbookStage]) { self.stages = stages }
}

/// A stage of a runbook. A stage is carried out as a rollout of its own, with its own gates.
public struct RunbookStage: Codable, Hashable, Sendable {
    public var name: StageName
    public var work: Work

    public enum Work: Codable, Hashable, Sendable {
        case hosts(HostStage)
        case platform(PlatformStage)
    }

    public init(name: StageName, work: Work) {
        self.name = name
        self.work = work
    }
}

extension RunbookStage {
    var hosts: HostStage? {
        guard case .hosts(let stage) = work else { return nil }
        return stage
    }

    var platform: PlatformStage? {
        guard case .platform(let stage) = work else { return nil }
        return stage
    }
}
