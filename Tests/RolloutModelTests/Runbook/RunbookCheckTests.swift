import RolloutModel
import Testing

/// The judgement of a runbook by itself: the release of CoreOS that the platform wants, and the order of versions.
@Suite struct RunbookCheckTests {
    typealias Sample = RunbookSample

    struct Row: Sendable {
        var stages: [RunbookStage]
        var ended = 0
        var holds: [RunbookHold]
    }

    private static let latest = PlatformVersion(1, 13, 4)

    private static func other(_ stage: String, _ to: String, _ version: PlatformVersion) -> RunbookHold {
        .otherCoreOS(stage: StageName(stage), to: Version(to), platform: "platform", version: version)
    }

    static let wanted: [Row] = [
        Row(
            stages: [Sample.hosts("hosts", to: "1068.8.0"), Sample.platform("platform", to: latest)],
            holds: []),
        Row(
            stages: [Sample.hosts("hosts", to: "899.17.0"), Sample.platform("platform", to: latest)],
            holds: [other("hosts", "899.17.0", latest)]),
        // A later release than the one that Deis was made for is another one, too.
        Row(
            stages: [Sample.hosts("hosts", to: "1409.7.0"), Sample.platform("platform", to: latest)],
            holds: [other("hosts", "1409.7.0", latest)]),
        // The hosts are judged by the platform before them where none follows.
        Row(
            stages: [Sample.platform("platform", to: latest), Sample.hosts("hosts", to: "899.17.0")],
            holds: [other("hosts", "899.17.0", latest)]),
        // A step on the way is none of the platform's concern; the last of the way is.
        Row(
            stages: [
                Sample.hosts("first", to: "766.5.0"), Sample.hosts("second", to: "1068.8.0"),
                Sample.platform("platform", to: latest),
            ], holds: []),
        // A host that the second stage leaves out stays on the first one's release.
        Row(
            stages: [
                Sample.hosts("first", to: "766.5.0"), Sample.hosts("second", to: "1068.8.0", ["a", "b"]),
                Sample.platform("platform", to: latest),
            ], holds: [other("first", "766.5.0", latest)]),
        // A canary, and then all.
        Row(
            stages: [
                Sample.hosts("canary", to: "1068.8.0", ["a"]), Sample.hosts("rest", to: "1068.8.0"),
                Sample.platform("platform", to: latest),
            ], holds: []),
        Row(
            stages: [
                Sample.hosts("hosts", to: "1068.8.0"),
                Sample.platform("platform", to: PlatformVersion(1, 14, 0)),
            ],
            holds: [
                .coreOSUnknown(stage: "hosts", platform: "platform", version: PlatformVersion(1, 14, 0))
            ]),
        // Before 1.8 a release and all later ones were meant.
        Row(
            stages: [
                Sample.hosts("hosts", to: "766.5.0"),
                Sample.platform("platform", to: PlatformVersion(1, 7, 0)),
            ], holds: []),
        Row(
            stages: [
                Sample.hosts("hosts", to: "633.1.0"),
                Sample.platform("platform", to: PlatformVersion(1, 7, 0)),
            ], holds: [other("hosts", "633.1.0", PlatformVersion(1, 7, 0))]),
        // The judgement of a stage that has ended is over.
        Row(
            stages: [Sample.hosts("hosts", to: "899.17.0"), Sample.platform("platform", to: latest)],
            ended: 1,
            holds: []),
        // Without the platform there is nothing to judge by.
        Row(stages: [Sample.hosts("hosts", to: "899.17.0")], holds: []),
        Row(stages: [], holds: []),
    ]

    @Test(arguments: wanted) func aHostStageGoesWhereThePlatformWantsIt(row: Row) {
        let check = RunbookCheck(Runbook(stages: row.stages), configured: Sample.hosts, ended: row.ended)
        #expect(check.holds == row.holds)
    }

    static let orders: [Row] = [
        Row(
            stages: [Sample.hosts("first", to: "1068.8.0"), Sample.hosts("second", to: "899.17.0")],
            holds: [
                .olderRelease(
                    stage: "second", to: Version("899.17.0"), after: "first", than: Version("1068.8.0"))
            ]),
        // Of other hosts.
        Row(
            stages: [
                Sample.hosts("first", to: "1068.8.0", ["a"]), Sample.hosts("second", to: "899.17.0", ["b"]),
            ], holds: []),
        Row(
            stages: [
                Sample.platform("first", to: PlatformVersion(1, 12, 0)),
                Sample.platform("second", to: PlatformVersion(1, 13, 4)),
            ], holds: []),
        // The same stage twice, under two names.
        Row(
            stages: [Sample.platform("first", to: latest), Sample.platform("second", to: latest)],
            holds: [.platformNotLater(stage: "second", to: latest, after: "first", than: latest)]),
        Row(
            stages: [
                Sample.platform("first", to: latest),
                Sample.platform("second", to: PlatformVersion(1, 12, 0)),
            ],
            holds: [
                .platformNotLater(
                    stage: "second", to: PlatformVersion(1, 12, 0), after: "first", than: latest)
            ]),
    ]

    @Test(arguments: orders) func versionsGoForward(row: Row) {
        let check = RunbookCheck(Runbook(stages: row.stages), configured: Sample.hosts, ended: 0)
        #expect(check.holds == row.holds)
    }

    /// A hold says what it saw, and what to do.
    @Test(arguments: (wanted + orders).flatMap(\.holds)) func aHoldHasWords(hold: RunbookHold) {
        #expect(hold.says.contains("stage '") && !hold.says.hasSuffix("."))
        #expect(!hold.remedy.isEmpty)
    }

    @Test func theReleaseIsNamed() {
        let hold = Self.other("hosts", "899.17.0", Self.latest)
        #expect(
            hold.says
                == "stage 'hosts' takes hosts to 899.17.0, and Deis 1.13.4 of stage 'platform' was made for CoreOS 1068.8.0"
        )
        #expect(hold.gate == .coreOS)
    }
}
