extension RunbookHold {
    /// The observation, as one sentence without its full stop.
    public var says: String {
        switch self {
        case .otherCoreOS(let stage, let to, let platform, let version):
            """
            stage '\(stage)' takes hosts to \(to), and Deis \(version) of stage '\(platform)' was made for CoreOS \
            \(PlatformRelease.of(version).map { "\($0.coreOS)" } ?? "of another release")
            """
        case .coreOSUnknown(let stage, let platform, let version):
            """
            the release of CoreOS that Deis \(version) of stage '\(platform)' was made for is not known: nothing can \
            be said of the target of stage '\(stage)'
            """
        case .olderRelease(let stage, let to, let after, let than):
            "stage '\(stage)' takes hosts to \(to), and stage '\(after)' before it takes some of them to \(than)"
        case .platformNotLater(let stage, let to, let after, let than):
            "stage '\(stage)' takes the platform to \(to), and stage '\(after)' before it takes it to \(than)"
        case .stageChanged(let stage, true):
            "stage '\(stage)' has ended, and the file has another stage in its place"
        case .stageChanged(let stage, false):
            "the rollout of stage '\(stage)' is under way, and the file has another stage in its place"
        case .stageUnderWay(let stage, let rollout):
            "the rollout of stage '\(stage)' is under way: \(rollout)"
        case .endedOtherwise(let stage, let rollout, let end):
            "rollout \(rollout) of stage '\(stage)' has ended, and \(end.says)"
        case .otherJournal(let stage, let rollout, let entry):
            """
            the journal of rollout \(rollout), by which stage '\(stage)' was done, does not have entry \(entry) as it \
            was then
            """
        }
    }

    /// The steps for a person to take. Commands are completed where they are shown.
    public var remedy: [String] {
        switch self {
        case .otherCoreOS(let stage, _, _, let version):
            PlatformRelease.of(version).map { ["take stage '\(stage)' to \($0.coreOS)"] } ?? []
        case .coreOSUnknown(_, _, let version):
            ["see the notes of Deis \(version) for the release that it was made for"]
        case .olderRelease: ["put the stages in the order of their releases: no update leads to an older one"]
        case .platformNotLater: ["put the stages in the order of their versions, each once"]
        case .stageChanged(_, true):
            ["put the stage back as it was, or begin all of the runbook once more with --anew"]
        case .stageChanged(_, false):
            ["put the stage back as it was, or end its rollout first: 'turnstile status' has it"]
        case .stageUnderWay(_, let rollout):
            ["end it first: 'turnstile resume \(rollout)' or 'turnstile abandon \(rollout)'"]
        case .endedOtherwise(_, let rollout, .without):
            [
                "name the hosts that are left in the file, and run again: 'turnstile status \(rollout)' has them"
            ]
        case .endedOtherwise(_, let rollout, _):
            ["see 'turnstile show \(rollout)'; the stage is begun anew when the runbook is run again"]
        case .otherJournal(_, let rollout, _):
            ["see 'turnstile journal verify \(rollout)', and find out who changed it"]
        }
    }
}

extension StageEnd {
    var says: String {
        switch self {
        case .whole: "all of it is done"
        case .without(let hosts): "is done without \(Names.text(hosts.map(\.rawValue)))"
        case .nothingOffered: "no host was offered anything"
        case .undone: "everything is as it was before"
        case .left(let after): "the platform was left as it was after step '\(after)'"
        case .rolledBack: "a host was taken back"
        }
    }
}
