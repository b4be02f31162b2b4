import Foundation
import Reports
import RolloutModel
import TurnstileCommands

extension HostileView {
    /// Records of runbooks read back.
    static func runbooks() async throws -> [HostileView] {
        [
            try await HostileView("the record of a runbook", JSONText.document(events)) { document in
                try JSONDecoder().decode([RunbookEvent].self, from: Data(document))
            } show: { events in
                guard let first = events.first, var state = RunbookState(first: first) else { return [] }
                for event in events.dropFirst() { _ = state.apply(event) }
                let holds = state.passed.keys.sorted { $0.says < $1.says }
                let report = RunbookReport(state, seeing: .underWay, holds: holds)
                let wayOn = RunbookText.wayOn(state, file: "it's spring.yaml", .odd)
                return [
                    Rendering(
                        "runbook",
                        .coloured(plain: report.lines(on: .plain), coloured: report.lines(on: .painted))),
                    Rendering("runbook's json", .json(try JSONText.document(report), count: nil)),
                    Rendering("runbook's stage", .lines([RunbookText.heading(state)])),
                    Rendering("runbook's way on", .lines([wayOn])),
                    Rendering(
                        "runbook's holds",
                        .message(
                            CommandFailure.held(holds, of: state.name).message,
                            lines: 1 + holds.count + holds.map { $0.remedy.count + 1 }.reduce(0, +))),
                ]
            }
        ]
    }

    private static let (hosts, platform) = (StageName("hosts"), StageName("platform"))

    private static let events: [RunbookEvent] = [
        .opened(
            format: RunbookEvent.format, name: RunbookName("spring"),
            runbook: Runbook(stages: [
                RunbookStage(name: hosts, work: .hosts(hostStage)),
                RunbookStage(name: platform, work: .platform(platformStage)),
            ])),
        .attached(by: "core@bastion", file: "/home/core/spring.yaml"),
        .passed(
            .otherCoreOS(
                stage: hosts, to: Version("899.17.0"), platform: platform,
                version: PlatformVersion(1, 13, 4)), why: "tried on the staging cluster"),
        .passed(
            .coreOSUnknown(stage: hosts, platform: platform, version: PlatformVersion(1, 14, 0)),
            why: "its notes say so"),
        .began(stage: 1, rollout: RolloutSample.rollout),
    ]

    private static let hostStage = HostStage(
        hosts: [HostID("core-1"), HostID("core-2")], to: Version("899.17.0"), order: .given,
        group: "stable", server: "https://update.example/", engineRest: .masked, commit: .engine,
        deadMan: "30", etcdAfter: "2.3", onFailure: .hold, retryReverted: false, movesLeader: false,
        stopAfter: 1, overrides: [GateOverride(gate: .window, reason: "the leak is worse")])

    private static let platformStage: PlatformStage = {
        let tool = PlatformStage.Tool(program: .here(path: "/opt/deisctl"), templates: "/opt/units")
        return PlatformStage(
            way: .graceful, to: PlatformVersion(1, 13, 4), old: tool, new: tool, keptImages: [.router],
            proxyProtocol: true, isBackedUp: false, backup: "/safe", controller: "http://deis.example.com")
    }()
}
