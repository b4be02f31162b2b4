import AgentProtocol
import Coordinator
import Foundation
import Reports
import RolloutModel
import Rollouts
import Synchronization
import TurnstileCommands

extension HostileView {
    /// The answers of hosts, by the way that they come in.
    static func answers() async throws -> [HostileView] {
        var views: [HostileView] = []
        for message in AgentSample.messages {
            let conversation = [
                AgentMessage.hello(AgentHello(agentVersion: "0.1.0")),
                .progress(StepProgress(message: "downloading 1409.7.0", fraction: 0.5)), message,
            ]
            views.append(
                try await HostileView(
                    "an agent's \(AgentSample.name(of: message))", JSONText.document(conversation)
                ) { document in
                    let lines = AgentSample.lines(of: document)
                    for line in lines {
                        let text = ForeignText.json(String(decoding: line, as: UTF8.self))
                        _ = try Wire.decode(AgentMessage.self, line: text.utf8)
                    }
                    return lines
                } show: { lines in
                    await self.views(hearing: lines)
                })
        }
        views.append(
            try await HostileView(
                "a command that failed", #"{"errors":"sudo: no","output":"nothing","signal":"KILL"}"#
            ) { document in
                try JSONDecoder().decode([String: String].self, from: Data(document))
            } show: { texts in
                failed(texts)
            })
        return views
    }

    private static func failed(_ texts: [String: String]) -> [Rendering] {
        let result = HostCommandResult(
            output: Array((texts["output"] ?? "").utf8), errors: Array((texts["errors"] ?? "").utf8),
            exitStatus: nil,
            exitSignal: texts["signal"])
        let fault = HostFault(host: RolloutSample.a, kind: .commandFailed, why: result.ending)
        return views(
            of: [.host(.hostUnreadable(host: RolloutSample.a, why: fault.why, trouble: fault.trouble))],
            in: RolloutSample.rollout)
            + [Rendering("fault", .lines(["\(fault)"]))]
    }

    /// The reasons that gates give for a report, and those that keep it out of a plan.
    private static func judged(_ report: HostReport) -> [HoldReason] {
        _ = HostPlace(report)
        let draft = PlanDraft(
            rollout: RolloutSample.rollout, hosts: [RolloutSample.a], bystanders: [], order: .given,
            target: .firstOffer,
            found: nil, group: nil, server: nil, engineRest: .masked, commit: .engine, deadManMinutes: nil,
            onFailure: .hold, retryReverted: false, acceptsNoReturn: false, movesLeader: false,
            etcdAfter: nil, overrides: [], purpose: .upgrade, stopAfter: nil, operatorName: "o",
            createdAt: "t")
        switch draft.plan(with: [RolloutSample.a: .seen(report)]) {
        case .failure(let cannot): return cannot.reasons
        case .success(let plan):
            let facts = HostFacts(report, asked: .start, answered: .start + .seconds(1))
            let inventory = Inventory(
                takenAt: .start, hosts: [RolloutSample.a: facts.map { .seen($0) } ?? .unknown("no identity")])
            let settings = GateSettings(
                fleet: nil, etcd: .init(samples: 1), clock: .init(skew: .seconds(1)),
                units: .init(steady: .seconds(1)))
            let gates = Gates(plan: plan, settings: settings, target: RolloutSample.new)
            let checkpoints: [Checkpoint] = [
                .beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback, .afterRollback,
            ]
            return checkpoints.flatMap {
                gates.verdict($0, of: RolloutSample.a, history: [inventory]).reasons
            }
        }
    }

    /// - Parameter lines: as they are sent.
    private static func views(hearing lines: [[UInt8]]) async -> [Rendering] {
        let shell = HostShell(
            run: { _, _ throws(HostFault) in HostCommandResult(output: [], exitStatus: 0) },
            converse: { _, _, onLine throws(HostFault) in
                for line in lines { await onLine(line) }
                return HostCommandResult(output: [], exitStatus: 0)
            }, disconnect: { _ in })
        let access = HostAccess.live(shell: shell, etcd: .usual)
        let host = RolloutSample.a
        let told = Mutex<[RolloutNotice]>([])
        var reasons: [HoldReason] = []
        var shown: [Rendering] = []
        do throws(HostFault) {
            let answer = try await access.stage(host, AgentSample.request) { progress in
                told.withLock {
                    $0.append(.progress(host, message: progress.message, fraction: progress.fraction))
                }
            }
            switch answer {
            case .failed(let failure):
                reasons.append(.step(.stepFailed(host: host, step: .stage, why: failure.message)))
            case .refused(let refusal):
                reasons.append(.step(.revertedBefore(host: host, why: refusal.message)))
            case .answered(.offerDiffers(let offer)):
                reasons.append(
                    .offer(
                        .offerDiffers(host: host, offered: Version(offer.offered), target: RolloutSample.new))
                )
            case .answered(.staged), .answered(.nothingOffered): break
            }
        } catch {
            reasons.append(.host(.hostUnreadable(host: host, why: error.why, trouble: error.trouble)))
        }
        if case .answered(let ending)? = try? await access.abandon(host, AgentSample.abandon, { _ in }) {
            shown.append(Rendering("given back", .lines(ending.undone + ending.left)))
        }
        do throws(HostFault) {
            let report = try await access.report(host)
            reasons += judged(report)
            shown.append(
                Rendering(
                    "given back", .lines(GivingBackText.lines([host], [host: .seen(report)], on: .plain))))
        } catch {
            reasons.append(.host(.hostUnreadable(host: host, why: error.why, trouble: error.trouble)))
            shown.append(
                Rendering(
                    "given back",
                    .lines(GivingBackText.lines([host], [host: .unknown(error.why)], on: .plain))))
        }
        return shown + views(of: reasons, in: RolloutSample.rollout) + views(following: told.withLock { $0 })
    }
}

/// The messages of an agent, with every field filled.
enum AgentSample {
    static let request = StageRequest(
        authority: Authority(rollout: RolloutSample.rollout.rawValue, token: 7), group: nil, server: nil,
        target: nil,
        acceptsRevert: false, engineRest: .masked, etcdVersion: nil, deadline: .seconds(60))
    static let abandon = AbandonRequest(authority: request.authority, deadline: .seconds(60))

    private static let partitions = PartitionTable(
        disk: "/dev/sda",
        booted: .init(
            number: 3, label: "USR-A", device: "/dev/sda3", priority: 1, tries: 0, successful: true),
        other: .init(number: 4, label: "USR-B", device: "/dev/sda4", priority: 2, tries: 1, successful: false)
    )

    static let messages: [AgentMessage] = [
        .failed(StepFailure(reason: .hostFault, message: "the disk is full")),
        .refused(Refusal(reason: .reverted, message: "it went back from 1409.7.0")),
        .abandoned(
            AbandonedHost(
                runningVersion: "1353.8.0", undone: ["update.conf as found"], left: ["GROUP was changed"])),
        .offerDiffers(OfferDiffers(offered: "1465.8.0", target: "1409.7.0")),
        .staged(
            StagedUpdate(version: "1409.7.0", evidence: [.partition], bootID: "b-1", partitions: partitions)),
        .report(report),
    ]

    private static var report: HostReport {
        HostReport(
            machineID: "01d6eeef5996d7c4c6f929405221d47f", bootID: "b-1", hostname: "core-1",
            uptimeSeconds: 99.5,
            distribution: "coreos", version: "1353.8.0", prettyName: "CoreOS 1353", group: "stable",
            updateServer: nil, rebootStrategy: nil, engine: nil,
            engineStatus: EngineReading(
                operation: "UPDATE_STATUS_IDLE", fraction: 0.25, newVersion: "1.2.3", lastCheckedTime: 77),
            partitions: partitions, updatePending: false, systemState: nil, units: nil,
            hazards: [
                HostHazard(kind: .rebootsByItself, unit: "locksmithd.service", message: "it would reboot")
            ],
            wallClockSeconds: 1_790_000_000.5, cgroups: nil, space: [], settings: nil, etcd: nil,
            agent: AgentState(
                agentVersion: "0.1.0", protocolVersion: ProtocolVersion.current, phase: .staged,
                authority: Authority(rollout: RolloutSample.rollout.rawValue, token: 7), claim: nil,
                highestToken: 8, journal: nil,
                version: "1409.7.0", goal: GoalState(verb: .stage, isOpen: true), holdsOriginal: true,
                etcdVersionBefore: "2.3.7", revertedFrom: "1465.8.0", deadManMinutes: nil, contents: nil,
                prefetch: nil),
            unreadable: [Unreadable(subject: "partition table", reason: "cgpt failed")],
            tableWarning: "the second copy is invalid",
            oddSettings: [
                OddSetting(
                    key: "GROUP", value: "stable # x", path: "/etc/update.conf", line: 3, meant: "stable")
            ])
    }

    static func name(of message: AgentMessage) -> String {
        switch message {
        case .failed: "failure"
        case .refused: "refusal"
        case .abandoned: "giving back"
        case .offerDiffers: "other offer"
        case .staged: "staged update"
        default: "report"
        }
    }

    /// The elements of a list, each on its own line. The document has a line for each brace, so that it is cut where an
    /// element ends.
    static func lines(of document: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var depth = 0
        var (isText, isEscape) = (false, false)
        for byte in document {
            switch byte {
            case _ where isEscape: isEscape = false
            case UInt8(ascii: "\\") where isText: isEscape = true
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "{") where !isText: depth += 1
            case UInt8(ascii: "}") where !isText: depth -= 1
            default: break
            }
            guard depth > 0 || byte == UInt8(ascii: "}") else { continue }
            if isText || (byte != UInt8(ascii: "\n")) { line.append(byte) }
            if depth == 0 {
                lines.append(line)
                line = []
            }
        }
        return lines
    }
}
