import Coordinator
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// The stages of a runbook, carried out by the use cases as `upgrade`, `platform upgrade` and `resume` do.
struct RunbookStages: Sendable {
    let files: FileOptions
    let course: CourseOptions
    /// True if nothing is asked.
    let yes: Bool

    var acts: RunbookActs {
        RunbookActs(
            newRollout: { stage in
                let rollout = Configuration.newRollout()
                if case .platform = stage.work { return rollout.ofPlatform }
                return rollout
            },
            begin: { stage, rollout in
                switch stage.work {
                case .hosts(let hosts): try await begin(hosts, as: rollout)
                case .platform(let platform): try await begin(platform, as: rollout)
                }
            },
            goOn: { stage, rollout in try await goOn(stage, with: rollout) })
    }

    private func begin(_ stage: HostStage, as rollout: RolloutID) async throws -> RolloutEnd {
        let configuration = try files.load(stage.overrides(of: .init()))
        var draft = try configuration.draft
        draft.rollout = rollout
        draft.onFailure = stage.onFailure
        draft.retryReverted = stage.retryReverted
        draft.acceptsNoReturn = yes
        draft.movesLeader = stage.movesLeader
        draft.overrides = stage.overrides
        draft.stopAfter = stage.stopAfter
        let (terminal, asked) = (terminal(configuration), draft)
        return try await terminal.attended {
            try await UseCases.live(configuration, terminal).upgrade(asked)
        }
    }

    private func begin(_ stage: PlatformStage, as rollout: RolloutID) async throws -> RolloutEnd {
        if let backup = stage.backup { try BackupDirectory(path: backup).requireNew() }
        let configuration = try files.load()
        let controller = stage.controller.map { PlatformReading.ControllerPlace.here($0) }
        let preflight = try await PlatformSession.with(configuration, controller: controller) {
            try await PlatformPreflight.of(
                stage.choice, way: stage.way, backup: stage.backup ?? BackupDirectory.newPath, $0)
        }
        let plan = try preflight.requireOpen()
        var draft = try configuration.draft
        draft.rollout = rollout
        draft.acceptsNoReturn = yes
        let (terminal, asked) = (terminal(configuration), draft)
        return try await terminal.attended {
            try await UseCases.live(configuration, terminal).upgrade(plan, asked)
        }
    }

    private func goOn(_ stage: RunbookStage, with rollout: RolloutID) async throws -> RolloutEnd {
        var overrides = ConfigurationOverrides()
        if case .hosts(let hosts) = stage.work { overrides = hosts.overrides(of: overrides) }
        let configuration = try files.load(overrides)
        let terminal = terminal(configuration)
        return try await terminal.attended {
            try await UseCases.live(configuration, terminal)
                .resume(rollout.rawValue, ResumeWish(acceptsNoReturn: yes))
        }
    }

    private func terminal(_ configuration: Configuration) -> RolloutTerminal {
        RolloutTerminal(
            configuration, files.invocation, course,
            answers: .init(yes: yes, acceptsNoReturn: yes, missing: yes ? [] : ["--yes"]))
    }
}

extension Configuration {
    /// The stages of runbooks that rollouts of this operator were begun for. Records that cannot be read are named.
    var runbookPlaces: [RolloutID: RunbookPlace] {
        JournalDirectory(path: journal).runbookPlaces { say("left out: \($0)") }
    }
}

extension HostStage {
    /// The stage's choices, laid over others.
    fileprivate func overrides(of overrides: ConfigurationOverrides) -> ConfigurationOverrides {
        var overrides = overrides
        overrides.hosts = hosts?.map(\.rawValue) ?? []
        overrides.to = to.rawValue
        overrides.order = order?.description
        overrides.group = group
        overrides.server = server
        overrides.engineRest = engineRest
        overrides.commit = commit
        overrides.deadMan = deadMan
        overrides.etcdAfter = etcdAfter
        return overrides
    }
}
