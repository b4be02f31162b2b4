import Foundation
import RolloutModel
import Testing

/// The table of every place a host can be found in and every command.
@Suite struct RecoveryTests {
    static let cells = WayOn.Standing.allCases.flatMap { standing in
        HostPlace.allCases.map { (standing, $0) }
    }

    /// No command sends on to one that refuses, too.
    @Test(arguments: cells)
    func everyCommandActsOrNamesOneThatDoes(standing: WayOn.Standing, place: HostPlace) {
        for command in RecoveryCommand.allCases {
            guard case .refers(let other) = WayOn(command, place, standing) else { continue }
            #expect(other != command)
            #expect(
                WayOn(other, place, standing) == .acts,
                "\(command) of a host that \(place.words), \(standing): sends on to \(other), which does not act"
            )
        }
    }

    /// For every host in a rollout here, at least one command acts that changes something.
    @Test(arguments: cells)
    func somethingActsWhateverAHostIs(standing: WayOn.Standing, place: HostPlace) {
        // A host that was declared lost is taken in again once its rollout is unlocked.
        let isUnlocked = standing != .lost
        let acting = RecoveryCommand.asked.filter {
            WayOn($0, place, standing) == .acts && ($0 != .unlock || !isUnlocked)
        }
        guard standing != .none, standing != .freed else {
            let isTheirs = [.silent, .unreadable, .armedByOthers, .uncommitted].contains(place)
            return #expect(isTheirs || !acting.isEmpty)
        }
        #expect(!acting.isEmpty)
    }

    /// Advice that was once given and must not be.
    @Test func nobodyIsSentBackToAPartitionThatBootsNoMore() {
        for standing in WayOn.Standing.allCases {
            for command in RecoveryCommand.allCases {
                #expect(WayOn(command, .nothingBehind, standing) != .refers(to: .rollback))
            }
            #expect(WayOn(.rollback, .nothingBehind, standing) != .acts)
            #expect(WayOn(.rollback, .staged, standing) != .acts)
        }
    }

    /// A single silence does not tell that a host is gone for good, and a pasted line would begin to declare it lost.
    @Test(arguments: cells)
    func nobodyIsSentToDeclareAHostLost(standing: WayOn.Standing, place: HostPlace) {
        for command in RecoveryCommand.allCases {
            #expect(WayOn(command, place, standing) != .refers(to: .lose), "\(command)")
        }
    }

    /// A host on its single try is not given back from there: one command, not two.
    @Test(arguments: [RecoveryCommand.abandon, .abandonHost, .hold, .install, .upgrade, .lose])
    func fromItsTryAHostIsRolledBackBeforeItIsGivenBack(command: RecoveryCommand) {
        #expect(WayOn(command, .onItsTry, .givingBack) == .refers(to: .rollback))
        #expect(WayOn(.resume, .onItsTry, .givingBack) == .acts)
    }

    // MARK: Where a host is

    typealias Evidence = HostPlace.Evidence

    static let places: [(Evidence, HostPlace)] = [
        (Evidence(phase: .idle, runsGoodPartition: true), .atRest),
        (Evidence(phase: .idle, runsGoodPartition: true, remembersRevert: true), .atRest),
        (Evidence(phase: .staging, runsGoodPartition: true), .begun),
        (Evidence(phase: .staged, runsGoodPartition: true, isArmed: true), .staged),
        // Downloaded ahead, and out of the boot order, whatever rebooted it since.
        (Evidence(phase: .prefetched, runsGoodPartition: true, isOtherBootable: false), .prefetched),
        // Armed, or booted, by somebody else.
        (Evidence(phase: .prefetched, runsGoodPartition: true, isArmed: true), .armedByOthers),
        (Evidence(phase: .prefetched, runsGoodPartition: false), .uncommitted),
        // Told to reboot, and not gone yet.
        (Evidence(phase: .rebooting, runsGoodPartition: true, isArmed: true), .staged),
        // Power lost while staged: nobody had told it to reboot (2/0/0).
        (Evidence(phase: .staged, runsGoodPartition: false), .onItsTry),
        (Evidence(phase: .staging, runsGoodPartition: false), .onItsTry),
        (Evidence(phase: .rebooting, runsGoodPartition: false), .onItsTry),
        (Evidence(phase: .committing, runsGoodPartition: false), .onItsTry),
        // The dead man went back, or the power went in the commit.
        (
            Evidence(
                phase: .rebooting, runsGoodPartition: true, wasOtherTriedInVain: true, remembersRevert: true),
            .wentBack
        ),
        (Evidence(phase: .committing, runsGoodPartition: true, wasOtherTriedInVain: true), .wentBack),
        // The power went after set-good had written, and before its agent wrote that down.
        (Evidence(phase: .committing, runsGoodPartition: true, runsWhatWasStaged: true), .committed),
        (Evidence(phase: .committed, runsGoodPartition: true), .committed),
        // A second update failed: what was on the other partition is overwritten (0/0/0).
        (Evidence(phase: .committed, runsGoodPartition: true, isOtherBootable: false), .nothingBehind),
        (Evidence(phase: .idle, runsGoodPartition: true, isOtherBootable: false), .nothingBehind),
        (Evidence(phase: .idle, runsGoodPartition: true, isArmed: true), .armedByOthers),
        (Evidence(phase: .idle, runsGoodPartition: false), .uncommitted),
        (Evidence(phase: .rollingBack, runsGoodPartition: false), .goingBack),
        (Evidence(phase: .rollingBack, runsGoodPartition: true), .goingBack),
    ]

    @Test(arguments: places)
    func aHostIsWhereItsPartitionsSay(evidence: Evidence, place: HostPlace) {
        #expect(HostPlace(evidence) == place)
    }

    // MARK: What a hold asks for

    @Test func aHoldNamesTheWordThatAnswersIt() {
        let noReturn = HoldReason.noReturn(.pointOfNoReturn(host: Samples.c, from: "3.4", to: "3.5"))
        let reverted = HoldReason.step(.reverted(host: Samples.a, running: Samples.old, target: Samples.new))
        let stray = HoldReason.step(
            .wrongVersion(host: Samples.a, running: Version("1.5.0"), target: Samples.new))
        let changed = HoldReason.host(
            .machineChanged(
                host: Samples.a, planned: MachineID("m-a"), found: MachineID("m-x")))
        #expect(NextCommand(after: [noReturn]) == .resume(ResumeWords([noReturn])))
        #expect(ResumeWords([noReturn]).description == " --yes")
        #expect(ResumeWords([reverted, noReturn]).description == " --retry-reverted --yes")
        #expect(ResumeWords([.person(.operatorHold())]).description == "")
        #expect(NextCommand(after: [stray]) == .rollback(Samples.a))
        #expect(NextCommand(after: [stray, reverted]) == .resume(ResumeWords([stray, reverted])))
        // The name may lead to the planned machine again.
        #expect(NextCommand(after: [changed]) == .resume(.none))
    }

    // MARK: docs/recovery.md

    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/recovery.md")

    /// The page is the code's own table, cell by cell.
    @Test(arguments: WayOn.Standing.allCases)
    func thePageIsTheTable(standing: WayOn.Standing) throws {
        let page = try String(contentsOf: Self.path, encoding: .utf8)
        let table = Self.table(standing)
        #expect(page.contains(table), "docs/recovery.md should contain:\n\(table)")
    }

    private static func table(_ standing: WayOn.Standing) -> String {
        let commands = RecoveryCommand.asked
        let head = "| the host | " + commands.map { "`\(words($0))`" }.joined(separator: " | ") + " |"
        let rule = "|" + String(repeating: " --- |", count: commands.count + 1)
        let rows = HostPlace.allCases.map { place in
            "| \(place.words) | "
                + commands.map { command in
                    switch WayOn(command, place, standing) {
                    case .acts: "**acts**"
                    case .refers(let other): words(other)
                    }
                }.joined(separator: " | ") + " |"
        }
        return ([head, rule] + rows).joined(separator: "\n")
    }

    private static func words(_ command: RecoveryCommand) -> String {
        switch command {
        case .upgrade: "upgrade"
        case .resume: "resume"
        case .retryReverted: "resume --retry-reverted"
        case .fromHosts: "resume --from-hosts"
        case .rollback: "rollback HOST"
        case .abandon: "abandon"
        case .abandonHost: "abandon --host HOST"
        case .lose: "lose HOST"
        case .unlock: "unlock"
        case .hold: "hold"
        case .install: "install HOST"
        case .audit: "audit HOST"
        case .upgradeOthers: "upgrade OTHERS"
        case .plainReboot: "reboot it by hand"
        }
    }
}
