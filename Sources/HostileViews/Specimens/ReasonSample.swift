import RolloutModel

/// Every reason to hold, with every field filled.
enum ReasonSample {
    private static let (a, b) = (RolloutSample.a, RolloutSample.b)
    private static let (old, new) = (RolloutSample.old, RolloutSample.new)
    private static let rollout = RolloutID("r-other")
    private static let why = "it said no"

    static let all: [HoldReason] =
        hosts + fleet + kubernetes + consul + etcd + releases + locks + others + steps
        + platform

    private static let hosts: [HoldReason] =
        HostTrouble.allCases.map { .host(.hostUnreadable(host: a, why: why, trouble: $0)) } + [
            .host(.hostUnreadable(host: a, why: why)), .host(.hostUncommitted(host: a)),
            .host(
                .hostUnreadable(
                    host: a, why: why, trouble: .bastion, bastion: ShutBastion(name: "ann@jump", why: why))),
            .host(.partitionsUnreadable(host: a, why: why)),
            .host(.updateAlreadyPending(host: a)),
            .host(.otherPartitionNext(host: a, partition: "USR-B", why: why)),
            .preflight(.partitionTableDamaged(host: a, disk: "/dev/sda", why: why)),
            .offer(.runningVersionStaged(host: a, version: old)),
            .preflight(
                .settingOdd(
                    host: a,
                    OddSetting(
                        key: "GROUP", value: "stable # x", path: "/etc/update.conf", line: 3, meant: "stable")
                )),
            .preflight(
                .settingOdd(
                    host: a,
                    OddSetting(
                        key: "SERVER", value: "http://x y", path: "/etc/update.conf", line: 4,
                        meant: "http://x"))),
            .host(.claimedByAnother(host: a, rollout: rollout)),
            .host(.machineChanged(host: a, planned: MachineID("m-1"), found: MachineID("m-2"))),
            .host(.sameMachine(host: a, as: b)),
            .host(.hostUnsafe(host: a, unit: "fleet.service", message: why)),
            .host(.hostUnsafe(host: a, unit: "/usr/.noupdate", message: why)),
            .host(.untold(host: a, .engine, why: why)),
            .preflight(.engineBusy(host: a, operation: "UPDATE_STATUS_DOWNLOADING")),
            .preflight(
                .spaceLacking(host: a, .init(purpose: .kernel, path: "/boot", freeBytes: 55, neededBytes: 77))
            ),
            .preflight(
                .spaceLacking(host: a, .init(purpose: .state, path: "/var", freeBytes: 55, neededBytes: 77))),
            .preflight(.cgroupsRefused(host: a, target: new)),
            .clock(
                .clockSkewed(
                    host: a,
                    ClockSkew(
                        other: b, ahead: .seconds(9.5), most: .seconds(2.5),
                        shown: UTCTime(sinceEpoch: .seconds(1_790_000_000.5)),
                        otherShown: UTCTime(sinceEpoch: .seconds(5.5))
                    ))),
            .drift(
                .settingsDrift(
                    host: a, files: [.init(path: "/etc/x.conf", how: .differs)], against: .hosts([b]))),
            .drift(
                .settingsDrift(host: a, files: [.init(path: "/etc/x.conf", how: .missing)], against: .plan)),
            .drift(.userDataUnexpected(host: a, file: "user-data.yaml", found: ["/var/lib/user_data"])),
            .hostUnits(.unitsFailed(host: a, units: ["web.service", "db.service"], on: new)),
            .hostUnits(.unitsStopped(host: a, units: ["web.service", "db.service"], on: new)),
            .hostUnits(.unitsStarting(host: a, units: ["web.service"])),
            .hostUnits(.unitsUnsteady(host: a, seen: .seconds(5.5), needed: .seconds(30.5))),
        ]

    private static let fleet: [HoldReason] = [
        .fleet(.noWitness(host: a)), .fleet(.membershipUnknown(witness: a, why: why)),
        .fleet(.memberMissing(host: a, machine: MachineID("m-1"), witness: b)),
        .fleet(.membershipUnsteady(seen: .seconds(5.5), needed: .seconds(30.5))),
        .fleet(.fleetTTLUnknown(why: why)),
        .fleet(.fleetTTLDiffers(listed: .seconds(60.5), configured: .seconds(30.5))),
        .fleet(.unitsDown(units: ["web.service"], seenBy: a)),
        .fleet(.unitsUnknown(why: why, through: a)),
        .deis(.deisDown(components: ["deis-router@1"], seenBy: a)),
        .deis(.deisUnknown(why: why, through: a)),
    ]

    private static let kubernetes: [HoldReason] = [
        .nodes(.nodesUnknown(why: why)),
        .nodes(.nodeUnidentified(host: a, machine: MachineID("m-1"), nodes: ["node-1", "node-2"])),
        .nodes(.nodeNotReady(host: a, node: "node-1", why: why)),
        .nodes(.nodeOfAnotherBoot(host: a, node: "node-1", boot: BootID("b-1"))),
        .nodes(.kubeletsSilent(hosts: [a, b])),
        .nodes(.nodeOfAnotherRollout(node: "node-1", rollout: rollout)),
        .nodes(.nodeUncordoned(host: a, node: "node-1")),
        .nodes(.drainRefused(host: a, node: "node-1", why: why)),
        .nodes(
            .drainBlocked(
                host: a, node: "node-1", pods: ["default/web-0"], budgets: ["default/web"], said: "429")),
    ]

    private static let consul: [HoldReason] = [
        .consul(.consulUnknown(host: a, why: why)), .consul(.consulGone(host: a)),
        .consul(.consulNowhere(hosts: [a, b])),
        .consul(
            .consulNodeShared(hosts: [a, b], node: ConsulNodeID("9d754d17-d864-b1d3-e758-f3fe25a9874f"))),
        .consul(.consulDatacentersDiffer(host: a, datacenter: "dc1", other: b, otherDatacenter: "dc2")),
        .consul(.consulLeaderless(seenBy: [a, b])),
        .consul(.consulServerDown(server: "consul-1", seenBy: [a], why: why, on: b)),
        .consul(.consulServerDown(server: "consul-1", seenBy: [a], why: why)),
        .consul(
            .consulQuorumWouldBreak(host: a, healthyWithout: 1, votesNeeded: 2, voters: 3, seenBy: b)),
        .consul(.consulNoWitness(host: a)), .consul(.consulMemberMissing(host: a, seenBy: [b], why: why)),
        .consul(.consulVoteAwaited(host: a, seen: .seconds(5.5), usual: .seconds(60.5))),
        .consul(.consulVoteLost(host: a, seen: .seconds(90.5))),
        .consul(.consulUnsteady(seen: .seconds(5.5), needed: .seconds(10.5))),
    ]

    private static let etcd: [HoldReason] =
        HostTrouble.allCases.map { .etcd(.etcdUnknown(why: why, through: a, trouble: $0)) }
        + EtcdRule.allCases.flatMap { rule -> [HoldReason] in
            [
                .release(
                    .etcdJump(
                        host: a, from: "2.3", to: "3.3", target: new, rule: rule, through: Version("1465.8.0")
                    )),
                .release(.etcdJump(host: a, from: "2.3", to: "3.3", target: new, rule: rule, through: nil)),
                .release(
                    .etcdJumped(
                        host: a, from: "2.3", to: "3.3", target: new, rule: rule, goesBack: rule == .neverDown
                    )),
            ]
        } + [
            .etcd(.etcdUnknown(why: why)), .etcd(.etcdSeatUnknown(host: a, why: why)),
            .etcd(.etcdMemberUnhealthy(member: "etcd-1", seenBy: a, why: why, on: b)),
            .etcd(.etcdMemberUnhealthy(member: "etcd-1", seenBy: a, why: why)),
            .etcd(.etcdMemberUnknown(member: "etcd-1", seenBy: a, why: why, on: b)),
            .etcd(.etcdMemberUnknown(member: "etcd-1", seenBy: a, why: why)),
            .etcd(.etcdSeatShared(hosts: [a, b], member: EtcdMemberID("8e9e05c52164694d"))),
            .etcd(.etcdNowhere(hosts: [a])),
            .etcd(.etcdUnsteady(samples: 1, needed: 3)),
            .etcd(.quorumWouldBreak(host: a, healthyWithout: 1, votesNeeded: 2, voters: 3, seenBy: b)),
            .noReturn(.pastReturn(host: a, etcd: "2.3", cluster: "3.0", partition: "USR-A")),
            .noReturn(.etcdBeforeUnknown(host: a, why: why)), .noReturn(.etcdSinceUnknown(host: a, why: why)),
            .noReturn(
                .memberPastReturn(
                    host: a, etcd: "2.3", since: "3.0", wasTried: true,
                    member: EtcdMemberID("8e9e05c52164694d"),
                    partition: "USR-A")),
            .release(.etcdAfterUnknown(host: a, running: "2.3", target: new, why: why)),
            .release(.etcdStagedDiffers(host: a, staged: "3.0", told: "2.3", target: new)),
            .release(.etcdDiffers(host: a, found: "3.0", told: "2.3")),
            .etcd(.etcdTooOld(host: a, etcd: "0.4")),
            .noReturn(.pointOfNoReturn(host: a, from: "2.3", to: "3.0")),
            .noReturn(.memberPointOfNoReturn(host: a, from: "2.3", to: "3.0", wasTried: true)),
            .noReturn(.memberPointOfNoReturn(host: a, from: "2.3", to: "3.0", wasTried: false)),
        ]

    private static let releases: [HoldReason] =
        ReleasePart.allCases.map { .release(.releaseLacks(host: a, part: $0, target: new, last: old)) }

    private static let locks: [HoldReason] = [
        .lock(
            .lockHeld(
                by: .init(
                    rollout: rollout, token: 7, operatorName: "core@bastion", since: "2026-11-24T00:00:00Z")
            )),
        .lock(.lockLost), .lock(.lockUnknown(why: why)),
        .lock(.othersUncovered(others: ["core-9"], knownBy: .fleet)),
        .lock(.othersUnknown(source: .fleet, why: why)), .lock(.othersUnknown(source: .etcd, why: why)),
        .lock(.othersUnknown(source: .kubernetes, why: why)),
        .semaphore(
            .semaphoreHeld(
                group: "workers", by: [SemaphoreHolder(id: "01d6eeef", host: a), SemaphoreHolder(id: "b2")],
                seen: .seconds(7.5))),
        .semaphore(.semaphoreHeld(group: nil, by: [SemaphoreHolder(id: "r-other#2")], seen: .seconds(7.5))),
        .semaphore(.semaphoreFree(group: "workers", slots: 2)),
        .semaphore(.semaphoreClosed(group: "workers", max: 0)),
        .semaphore(.semaphoreUnknown(why: why)),
    ]

    private static let others: [HoldReason] =
        [
            .window(.windowTooShort(host: a, leftMinutes: 5, neededMinutes: 77)), .window(.windowUnknown),
            .operatorGate(.hookHolds(.gate, on: a, output: "not now")),
            .operatorGate(.hookFailed(.gate, on: a, why: why, output: "no")),
            .operatorGate(.hookUnheard(.gate, on: a, why: why, trouble: .sudo)),
            .operatorGate(.hookUnheard(.gate, on: nil, why: why)),
            .operatorGate(.pageShut(url: "http://example/state", why: why)),
            .plan(.orderUnknown(order: .metadata(key: "rack"), why: why)),
            .plan(.orderUnknown(order: .leaderLast, why: why)), .plan(.journalLost),
            .plan(.notTakenUp(host: a, why: why, rollout: rollout)),
        ]
        + (MaintenanceWindow("Sat 01:00-05:00").map {
            [
                .window(
                    .outsideWindow(
                        windows: [$0], now: LocalTime(weekday: .monday, minute: 61), opensInMinutes: 77))
            ]
        } ?? [])

    private static let steps: [HoldReason] =
        [
            .offer(.offerDiffers(host: a, offered: Version("1465.8.0"), target: new)),
            .offer(.nothingOffered(host: a, running: old, target: new)),
            .offer(.leftBehind(hosts: [a, b], target: new)),
            .offer(.offerUnconfirmed(host: a, offered: new)),
            .step(.notReturned(host: a, waited: .seconds(900.5), why: why)),
            .step(.notReturned(host: a, waited: .seconds(900.5), why: why, trouble: .refused)),
            .step(.rebootIgnored(host: a, attempts: 2)),
            .step(.reverted(host: a, running: old, target: new)),
            .step(.wrongVersion(host: a, running: old, target: new)),
            .step(.revertedBefore(host: a, why: why)), .step(.rolledBack(host: a, running: old, from: new)),
            .step(.notRolledBack(host: a, why: why)), .step(.notGivenBack(host: a, running: new)),
            .person(.operatorHold()), .person(.operatorHold(by: .command(by: "ann@desk"))),
            .person(.operatorHold(by: .closedTerminal)),
            .person(.stoppedAfter(hosts: 2)),
            .person(.hostLost(host: a, why: why, member: RolloutSample.member)),
            .person(.hostLost(host: a, why: why, member: nil)),
            .person(.declaredLost(host: a, rollout: rollout, why: why)),
        ]
        + PrefetchDoubt.allCases.map { .step(.prefetchDoubted(host: a, doubt: $0, why: why)) }
        + ([.stage, .evacuate, .reboot, .commit, .readmit, .rollback, .abandon] as [StepHold.Step]).map {
            .step(.stepFailed(host: a, step: $0, why: why))
        }
}
