import RolloutModel

/// Every reason to hold, with every field filled.
enum ReasonSample {
    private static let (a, b) = (RolloutSample.a, RolloutSample.b)
    private static let (old, new) = (RolloutSample.old, RolloutSample.new)
    private static let rollout = RolloutID("r-other")
    private static let why = "it said no"

    static let all: [HoldReason] = hosts + fleet + kubernetes + etcd + releases + locks + others + steps

    private static let hosts: [HoldReason] =
        HostTrouble.allCases.map { .hostUnreadable(host: a, why: why, trouble: $0) } + [
            .hostUnreadable(host: a, why: why), .hostUncommitted(host: a),
            .hostUnreadable(
                host: a, why: why, trouble: .bastion, bastion: ShutBastion(name: "ann@jump", why: why)),
            .partitionsUnreadable(host: a, why: why),
            .updateAlreadyPending(host: a), .otherPartitionNext(host: a, partition: "USR-B", why: why),
            .partitionTableDamaged(host: a, disk: "/dev/sda", why: why),
            .runningVersionStaged(host: a, version: old),
            .settingOdd(
                host: a,
                OddSetting(
                    key: "GROUP", value: "stable # x", path: "/etc/update.conf", line: 3, meant: "stable")),
            .settingOdd(
                host: a,
                OddSetting(
                    key: "SERVER", value: "http://x y", path: "/etc/update.conf", line: 4, meant: "http://x")),
            .claimedByAnother(host: a, rollout: rollout),
            .machineChanged(host: a, planned: MachineID("m-1"), found: MachineID("m-2")),
            .sameMachine(host: a, as: b),
            .hostUnsafe(host: a, unit: "fleet.service", message: why),
            .hostUnsafe(host: a, unit: "/usr/.noupdate", message: why), .untold(host: a, .engine, why: why),
            .engineBusy(host: a, operation: "UPDATE_STATUS_DOWNLOADING"),
            .spaceLacking(host: a, .init(purpose: .kernel, path: "/boot", freeBytes: 5, neededBytes: 77)),
            .spaceLacking(host: a, .init(purpose: .state, path: "/var", freeBytes: 5, neededBytes: 77)),
            .cgroupsRefused(host: a, target: new),
            .clockSkewed(
                host: a,
                ClockSkew(
                    other: b, aheadSeconds: 9.5, mostSeconds: 2.5, shown: 1_790_000_000.5, otherShown: 5.5)),
            .settingsDrift(host: a, files: [.init(path: "/etc/x.conf", how: .differs)], against: .hosts([b])),
            .settingsDrift(host: a, files: [.init(path: "/etc/x.conf", how: .missing)], against: .plan),
            .userDataUnexpected(host: a, file: "user-data.yaml", found: ["/var/lib/user_data"]),
            .unitsFailed(host: a, units: ["web.service", "db.service"], on: new),
            .unitsStarting(host: a, units: ["web.service"]),
            .unitsUnsteady(host: a, seenSeconds: 5.5, neededSeconds: 30.5),
        ]

    private static let fleet: [HoldReason] = [
        .noWitness(host: a), .membershipUnknown(witness: a, why: why),
        .memberMissing(host: a, machine: MachineID("m-1"), witness: b),
        .membershipUnsteady(seenSeconds: 5.5, neededSeconds: 30.5), .fleetTTLUnknown(why: why),
        .fleetTTLDiffers(seconds: 60.5, configured: 30.5), .unitsDown(units: ["web.service"], seenBy: a),
        .unitsUnknown(why: why, through: a), .deisDown(components: ["deis-router@1"], seenBy: a),
        .deisUnknown(why: why, through: a),
    ]

    private static let kubernetes: [HoldReason] = [
        .nodesUnknown(why: why),
        .nodeUnidentified(host: a, machine: MachineID("m-1"), nodes: ["node-1", "node-2"]),
        .nodeNotReady(host: a, node: "node-1", why: why),
        .nodeOfAnotherBoot(host: a, node: "node-1", boot: BootID("b-1")), .kubeletsSilent(hosts: [a, b]),
        .nodeOfAnotherRollout(node: "node-1", rollout: rollout), .nodeUncordoned(host: a, node: "node-1"),
        .drainRefused(host: a, node: "node-1", why: why),
        .drainBlocked(
            host: a, node: "node-1", pods: ["default/web-0"], budgets: ["default/web"], said: "429"),
    ]

    private static let etcd: [HoldReason] =
        HostTrouble.allCases.map { .etcdUnknown(why: why, through: a, trouble: $0) }
        + EtcdRule.allCases.flatMap { rule -> [HoldReason] in
            [
                .etcdJump(
                    host: a, from: "2.3", to: "3.3", target: new, rule: rule, through: Version("1465.8.0")),
                .etcdJump(host: a, from: "2.3", to: "3.3", target: new, rule: rule, through: nil),
                .etcdJumped(
                    host: a, from: "2.3", to: "3.3", target: new, rule: rule, goesBack: rule == .neverDown),
            ]
        } + [
            .etcdUnknown(why: why), .etcdSeatUnknown(host: a, why: why),
            .etcdMemberUnhealthy(member: "etcd-1", seenBy: a, why: why, on: b),
            .etcdMemberUnhealthy(member: "etcd-1", seenBy: a, why: why),
            .etcdMemberUnknown(member: "etcd-1", seenBy: a, why: why, on: b),
            .etcdMemberUnknown(member: "etcd-1", seenBy: a, why: why),
            .etcdSeatShared(hosts: [a, b], member: EtcdMemberID("8e9e05c52164694d")),
            .etcdNowhere(hosts: [a]),
            .etcdUnsteady(samples: 1, needed: 3),
            .quorumWouldBreak(host: a, healthyWithout: 1, votesNeeded: 2, voters: 3, seenBy: b),
            .pastReturn(host: a, etcd: "2.3", cluster: "3.0", partition: "USR-A"),
            .etcdBeforeUnknown(host: a, why: why), .etcdSinceUnknown(host: a, why: why),
            .memberPastReturn(
                host: a, etcd: "2.3", since: "3.0", wasTried: true, member: EtcdMemberID("8e9e05c52164694d"),
                partition: "USR-A"),
            .etcdAfterUnknown(host: a, running: "2.3", target: new, why: why),
            .etcdStagedDiffers(host: a, staged: "3.0", told: "2.3", target: new),
            .etcdDiffers(host: a, found: "3.0", told: "2.3"), .etcdTooOld(host: a, etcd: "0.4"),
            .pointOfNoReturn(host: a, from: "2.3", to: "3.0"),
            .memberPointOfNoReturn(host: a, from: "2.3", to: "3.0", wasTried: true),
            .memberPointOfNoReturn(host: a, from: "2.3", to: "3.0", wasTried: false),
        ]

    private static let releases: [HoldReason] =
        ReleasePart.allCases.map { .releaseLacks(host: a, part: $0, target: new, last: old) }

    private static let locks: [HoldReason] = [
        .lockHeld(
            by: .init(rollout: rollout, token: 7, operatorName: "core@bastion", since: "2026-11-24T00:00:00Z")
        ),
        .lockLost, .lockUnknown(why: why), .othersUncovered(others: ["core-9"], knownBy: .fleet),
        .semaphoreHeld(
            group: "workers", by: [SemaphoreHolder(id: "01d6eeef", host: a), SemaphoreHolder(id: "b2")],
            seconds: 7.5),
        .semaphoreHeld(group: nil, by: [SemaphoreHolder(id: "r-other#2")], seconds: 7.5),
        .semaphoreFree(group: "workers", slots: 2), .semaphoreClosed(group: "workers", max: 0),
        .semaphoreUnknown(why: why),
    ]

    private static let others: [HoldReason] =
        [
            .windowTooShort(host: a, leftMinutes: 5, neededMinutes: 77), .windowUnknown,
            .hookHolds(.gate, on: a, output: "not now"), .hookFailed(.gate, on: a, why: why, output: "no"),
            .hookUnheard(.gate, on: a, why: why, trouble: .sudo), .hookUnheard(.gate, on: nil, why: why),
            .pageShut(url: "http://example/state", why: why),
            .orderUnknown(order: .metadata(key: "rack"), why: why),
            .orderUnknown(order: .leaderLast, why: why), .journalLost, .notTakenUp(host: a, why: why),
        ]
        + (MaintenanceWindow("Sat 01:00-05:00").map {
            [.outsideWindow(windows: [$0], now: LocalTime(weekday: .monday, minute: 61), opensInMinutes: 77)]
        } ?? [])

    private static let steps: [HoldReason] =
        [
            .offerDiffers(host: a, offered: Version("1465.8.0"), target: new),
            .nothingOffered(host: a, running: old, target: new), .leftBehind(hosts: [a, b], target: new),
            .notReturned(host: a, seconds: 900.5, why: why), .rebootIgnored(host: a, attempts: 2),
            .reverted(host: a, running: old, target: new), .wrongVersion(host: a, running: old, target: new),
            .revertedBefore(host: a, why: why), .rolledBack(host: a, running: old, from: new),
            .notRolledBack(host: a, why: why), .notGivenBack(host: a, running: new), .operatorHold,
            .stoppedAfter(hosts: 2),
            .hostLost(host: a, why: why, member: RolloutSample.member),
            .hostLost(host: a, why: why, member: nil),
            .declaredLost(host: a, rollout: rollout, why: why),
        ]
        + ([.stage, .evacuate, .reboot, .commit, .readmit, .rollback, .abandon] as [HoldReason.Step]).map {
            .stepFailed(host: a, step: $0, why: why)
        }
}
