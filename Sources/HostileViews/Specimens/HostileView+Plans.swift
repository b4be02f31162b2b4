import Coordinator
import Foundation
import Reports
import RolloutModel
import TurnstileCommands

extension HostileView {
    static func plans() async throws -> [HostileView] {
        [
            try await HostileView("a plan", JSONText.document(PlanSample())) { document in
                try JSONDecoder().decode(PlanReport.self, from: Data(document))
            } show: { report in
                [
                    Rendering(
                        "plan",
                        .coloured(plain: report.lines(on: .plain), coloured: report.lines(on: .painted))),
                    Rendering("plan's json", .json(try JSONText.document(report), count: nil)),
                ]
            },
            try await HostileView("the gates", JSONText.document(gates)) { document in
                try JSONDecoder().decode(GateReport.self, from: Data(document))
            } show: { report in
                [
                    Rendering(
                        "gates",
                        .coloured(plain: report.lines(on: .plain), coloured: report.lines(on: .painted))),
                    Rendering("gates' json", .json(try JSONText.document(report), count: nil)),
                ]
            },
            try await HostileView("an install", JSONText.document(results)) { document in
                try JSONDecoder().decode([InstallResult].self, from: Data(document))
            } show: { results in
                let report = InstallReport(results: results, verb: "installed")
                let failed = results.filter { !$0.outcome.isDone }
                let lines = 1 + failed.count + failed.filter { $0.remedy != nil }.count
                return [
                    Rendering(
                        "install",
                        .coloured(plain: report.lines(on: .plain), coloured: report.lines(on: .painted))),
                    Rendering("install's json", .json(try JSONText.document(results), count: results.count)),
                    Rendering("install's failure", .message(report.failure?.message ?? "", lines: lines)),
                ]
            },
            try await HostileView("who has the cluster", JSONText.document(holder)) { document in
                try JSONDecoder().decode(LockHolder.self, from: Data(document))
            } show: { holder in
                let lines = HolderText.lines(holder)
                return [Rendering("holder", .message(lines.joined(separator: "\n"), lines: 3))]
            },
        ]
    }

    private static let holder = LockHolder(
        rollout: RolloutSample.rollout, token: 7, operatorName: "core@bastion", since: "2026-11-24T00:00:00Z")

    fileprivate static let gates = GateReport(
        GateBoard(rows: [
            .init(
                gate: "etcd", state: .holds,
                causes: [HoldCause(.etcd(.etcdUnknown(why: "no answer")))],
                statements: [.init(gate: "etcd", by: ["core-2"], says: "2 of 3 members healthy")]),
            .init(gate: "host", state: .open, causes: [], statements: []),
        ]), Invocation())

    private static let results = [
        InstallResult(host: RolloutSample.a, outcome: .replaced, versionBefore: "0.0.9", version: "0.1.0"),
        InstallResult(
            host: RolloutSample.b, outcome: .refused, versionBefore: "0.0.8", version: "0.1.1",
            why: "it is at work",
            remedy: "wait for its end"),
        InstallResult(
            host: HostID("core-3"), outcome: .failed, why: "no route to host", remedy: "bring it up"),
    ]
}

/// The output of `plan`, with every field filled.
private struct PlanSample: Encodable {
    var plan: Plan = {
        var plan = RolloutSample.plan
        plan.bystanders = [RolloutSample.b]
        return plan
    }()
    var etcd = EtcdOutlook(
        members: [
            .init(host: RolloutSample.a, runs: "2.3.7", brings: "3.0", by: .table),
            .init(host: RolloutSample.b, runs: "2.3.8", why: "its unit is unclear"),
        ], pointOfNoReturn: .init(host: RolloutSample.a, from: "2.3", to: "3.0"))
    var semaphores = [RebootSemaphore(group: "workers", max: 2, holders: ["01d6eeef"])]
    var makesBackup = false
    var holds = [
        HoldReport(
            HoldCause(
                .etcd(.etcdUnknown(why: "it said no", through: RolloutSample.a)),
                consequences: [.lock(.lockUnknown(why: "it said no"))]), in: nil, .odd),
        HoldReport(HoldCause(.deis(.deisUnknown(why: "it said no"))), in: nil, .odd),
        HoldReport(
            HoldCause(.window(.windowTooShort(host: RolloutSample.a, leftMinutes: 5, neededMinutes: 9))),
            in: nil, .odd),
    ]
    var places = [RolloutSample.a.rawValue: "fleet's rack=2"]
    var gates = HostileView.gates.gates
    var changes = [
        HostChange(
            host: RolloutSample.a, settings: [.init(key: "GROUP", was: "stable", becomes: "beta")],
            engine: .init(was: ["enabled", "active"], becomes: ["masked", "inactive"]), partition: "USR-B")
    ]
    var releases = [
        ReleaseChange(
            from: Version("1353.8.0"), to: Version("1409.7.0"),
            parts: [.init(name: "kernel", was: "4.9.24", becomes: "4.11.11")], unknown: ["docker"])
    ]
}
