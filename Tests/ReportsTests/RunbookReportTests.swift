import RolloutModel
import Testing

@testable import Reports

/// The plan of a runbook, its place and its holds, as people read them.
@Suite struct RunbookReportTests {
    private static func state(_ events: [RunbookEvent]) throws -> RunbookState {
        let tool = PlatformStage.Tool(program: .here(path: "/opt/deisctl"), templates: "/opt/units")
        let runbook = Runbook(stages: [
            RunbookStage(
                name: StageName("hosts"),
                work: .hosts(
                    HostStage(
                        hosts: [HostID("core-1")], to: Version("899.17.0"), order: nil, group: nil,
                        server: nil,
                        engineRest: nil, commit: nil, deadMan: nil, etcdAfter: nil, onFailure: .hold,
                        retryReverted: false, movesLeader: false, stopAfter: 2, overrides: []))),
            RunbookStage(
                name: StageName("platform"),
                work: .platform(
                    PlatformStage(
                        way: .graceful, to: PlatformVersion(1, 13, 4), old: tool, new: tool, keptImages: [],
                        proxyProtocol: nil, isBackedUp: true, backup: nil, controller: nil))),
        ])
        var state = RunbookState(name: RunbookName("spring"), runbook)
        for event in events {
            let isTaken = state.apply(event)
            #expect(isTaken)
        }
        return state
    }

    private static let began = RunbookEvent.began(stage: 1, rollout: RolloutID("r-1"))
    private static let ended = RunbookEvent.ended(
        stage: 1, rollout: RolloutID("r-1"),
        head: JournalHead(entry: 4, sha256: String(repeating: "a", count: 64)))

    static let sights: [(events: [RunbookEvent], sight: StageSight, states: [String])] = [
        ([], .unbegun, ["to-come", "to-come"]),
        ([began], .unbegun, ["to-come", "to-come"]),
        ([began], .underWay, ["under-way", "to-come"]),
        ([began], .ended(.undone, isReleased: true), ["to-come", "to-come"]),
        ([began], .ended(.whole, isReleased: false), ["done", "to-come"]),
        ([began, ended], .unbegun, ["done", "to-come"]),
    ]

    @Test(arguments: sights) func eachStageSaysHowFarItIs(
        events: [RunbookEvent], sight: StageSight, states: [String]
    ) throws {
        let report = RunbookReport(try Self.state(events), seeing: sight, holds: [])
        #expect(report.stages.map(\.state) == states)
    }

    @Test func thePlanHasEachStage() throws {
        let lines = RunbookReport(try Self.state([Self.began, Self.ended]), seeing: .unbegun, holds: [])
            .lines(on: Terminal(isLive: false, hasColour: false))
        #expect(
            lines == [
                "Runbook 'spring', in this order:", "",
                "#  STAGE     WHAT                                                             STATE    ROLLOUT",
                "1  hosts     core-1 to 899.17.0, stops after 2                                done     r-1",
                "2  platform  the platform to Deis 1.13.4, graceful, made for CoreOS 1068.8.0  to-come  -",
            ])
    }

    @Test func aHoldSaysWhatToDoAndHowToPassItOver() {
        let hold = RunbookHold.otherCoreOS(
            stage: StageName("hosts"), to: Version("899.17.0"), platform: StageName("platform"),
            version: PlatformVersion(1, 13, 4))
        let failure = CommandFailure.held([hold], of: RunbookName("spring"))
        #expect(failure.code == .held)
        #expect(
            failure.message == """
                runbook 'spring' is held:
                  - stage 'hosts' takes hosts to 899.17.0, and Deis 1.13.4 of stage 'platform' was made for CoreOS 1068.8.0
                      take stage 'hosts' to 1068.8.0
                      or pass it over, and say why: --override coreos='the reason'
                """)
    }

    /// The command that goes on is the operator's own, with their options.
    @Test func theWayOnCanBePasted() throws {
        let state = try Self.state([Self.began, Self.ended])
        let line = RunbookText.wayOn(state, file: "my spring.yaml", Invocation(config: "t.yaml"))
        #expect(
            line.hasSuffix(
                "stage 2 of 2, 'platform', and goes on from there with: turnstile --config t.yaml runbook 'my spring.yaml'"
            ))
        #expect(
            RunbookText.place(
                RunbookPlace(
                    runbook: state.name, stage: StageName("platform"), number: 2, count: 2))
                == "Stage 2 of 2 of runbook 'spring': 'platform'")
    }
}
