import RolloutModel
import Testing

/// Each proof is judged by the facts that are seen. An unknown fact proves nothing.
@Suite struct PlatformJudgeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var proof: PlatformProof
        var names: [String]
        var change: @Sendable (inout SamplePlatform) -> Void

        init(
            _ description: String, _ proof: PlatformProof, _ names: String...,
            change: @escaping @Sendable (inout SamplePlatform) -> Void = { _ in }
        ) {
            testDescription = description
            self.proof = proof
            self.names = names
            self.change = change
        }
    }

    private static let router = PlatformUnit(.router, 2)
    private static let database = PlatformUnit(.database)
    private static let publisher = PlatformUnit(.publisher)
    private static let store = [PlatformUnit(.storeDaemon)]

    static let units: [Row] = [
        Row("it runs", .dead([database]), "unitsStillRun"),
        Row("it was stopped", .dead([database])) { $0.set([database], .loaded, "inactive", "dead") },
        Row("it failed while it stopped", .dead([database])) {
            $0.set([database], .loaded, "failed", "failed")
        },
        Row("it is dead, and is to run again", .dead([database]), "unitsStillRun") {
            $0.set([database], .launched, "inactive", "dead")
        },
        Row("a global unit runs on one machine still", .dead(store), "unitsStillRun") {
            $0.set(store, .loaded, "inactive", "dead")
            $0.set(store[0], on: MachineID("m2"), "active", "running")
        },
        Row("nothing told its state yet", .dead([database]), "unitsStillRun") {
            $0.remove([database])
            $0.changeJobs { $0.jobs.append(PlatformJob(unit: database, goal: .launched)) }
        },
        Row("fleet does not know it", .dead([database])) { $0.remove([database]) },
        Row("the registry cannot be read", .dead([database]), "platformUnreadable") {
            $0.facts.states = .unknown("no host could be asked")
        },
        Row("a control plane that was never stopped", .controlPlaneDead, "controlPlaneRuns"),
        Row("a second registry that nobody knew of", .controlPlaneDead, "controlPlaneRuns") {
            let control = SamplePlatform.units.of(.control)
            $0.set(control, .loaded, "inactive", "dead")
            $0.set([PlatformUnit(.registry, 2)], .launched, "active", "running")
        },
        Row("it is stopped and there", .gone([database]), "unitsLeft") {
            $0.set([database], .loaded, "inactive", "dead")
        },
        Row("a state is left of it", .gone([database]), "unitsLeft") {
            $0.changeJobs { $0.jobs.removeAll { $0.unit == database } }
        },
        Row("a target state alone is left", .nothingInstalled) {
            $0.remove(SamplePlatform.units)
            $0.changeJobs { $0.strays = ["deis-nothing.service"] }
        },
        Row("an installation would stop it", .notLaunched([publisher]), "installWouldStop"),
        Row("it is installed and not to run", .notLaunched([publisher])) {
            $0.set([publisher], .loaded, "inactive", "dead")
        },
        Row("it was never installed", .installed([router]), "unitsNotInstalled") { $0.remove([router]) },
        Row("no machine takes it", .installed([router]), "unitsWithoutPlace") {
            $0.remove([router])
            $0.changeJobs { $0.jobs.append(PlatformJob(unit: router, goal: .loaded)) }
        },
        Row("it is installed as before", .renewed([router]), "unitsOld"),
        Row("it was installed again", .renewed([router])) {
            $0.remove([router])
            $0.changeJobs {
                $0.jobs.append(PlatformJob(unit: router, goal: .loaded, machine: MachineID("m2"), index: 9))
            }
        },
        Row("it was taken away", .removed([router])) { $0.remove([router]) },
        Row("it was taken away, and is to be new", .renewed([router]), "unitsNotInstalled") {
            $0.remove([router])
        },
        Row("a command of before runs still", .quiet, "deisctlAtWork") {
            $0.facts.commands = .seen([HostID("core-2")])
        },
        Row("a host does not tell whether one runs", .quiet, "platformUnreadable") {
            $0.facts.commands = .unknown("no route to host")
        },
        Row("everything runs", .running(SamplePlatform.units)),
        Row("a start that never ends", .running([database]), "unitsNotRunning") {
            $0.set([database], .launched, "activating", "start-pre")
        },
        Row("a database that fails to start", .running([database]), "unitsFailing", "unitsNotRunning") {
            $0.set([database], .launched, "failed", "failed")
        },
        Row("a global unit is away on one machine", .running([publisher]), "unitsNotRunning") {
            $0.set(publisher, on: MachineID("m3"), "inactive", "dead")
        },
        Row("a unit that runs and is to be stopped", .running([database]), "unitsNotRunning") {
            $0.set([database], .loaded, "active", "running")
        },
        Row("a router that moved to another machine", .running([router])) {
            $0.changeJobs { jobs in jobs.jobs.removeAll { $0.unit == router } }
            $0.changeJobs {
                $0.jobs.append(PlatformJob(unit: router, goal: .launched, machine: MachineID("m3")))
            }
            $0.set(router, on: MachineID("m2"), "inactive", "dead")
            $0.set(router, on: MachineID("m3"), "active", "running")
        },
    ]

    static let others: [Row] = [
        Row("etcd is whole", .etcdWhole),
        Row("a member is sick", .etcdWhole, "platformEtcdUnwell") {
            $0.facts.etcd = .seen(SamplePlatform.etcd(unwell: ["e1"]))
        },
        Row("a host rebooted meanwhile", .machinesPresent, "platformMachineMissing") {
            $0.facts.machines = .seen([
                PlatformMachine(id: MachineID("m1"), address: nil),
                PlatformMachine(id: MachineID("m3"), address: nil),
            ])
        },
        Row("somebody set another version", .version(SamplePlatform.new), "versionKeyDiffers"),
        Row("the version is as it was", .version(SamplePlatform.old)),
        Row("the controller is the old one", .controller(SamplePlatform.new), "controllerDiffers"),
        Row("the controller is as wanted", .controller(SamplePlatform.old)),
        Row("no controller answers", .controller(SamplePlatform.old), "controllerSilent") {
            $0.facts.controller = .unknown("it answered 503")
        },
        Row("no word was given", .noReturnAccepted(SamplePlatform.new), "databaseWouldMigrate"),
        Row("no backup was made", .backedUp, "backupMissing"),
        Row("the setting is not there", .proxyProtocol(true), "proxyProtocolDiffers"),
        Row("no setting is wanted", .proxyProtocol(nil)),
    ]

    static let serving: [Row] = [
        Row("published as before", .published),
        Row("addresses run out soon", .keysHeld(for: .seconds(300)), "addressesRunOut"),
        Row("addresses are kept", .keysHeld(for: .seconds(300))) {
            $0.publish(SamplePlatform.keys(ttl: 1790))
        },
        Row("an address that stays for ever is kept", .keysHeld(for: .seconds(300))) {
            $0.publish(SamplePlatform.keys(ttl: nil))
        },
        Row("a container's key ran out meanwhile", .keysHeld(for: .seconds(300)), "applicationsUnpublished") {
            $0.publish([SamplePlatform.key(1, ttl: 1790)])
        },
        Row("a key outlives its container", .published, "addressesOutlive") {
            $0.publish(SamplePlatform.keys(ttl: 15) + [SamplePlatform.key(3, ttl: 1500)])
        },
        Row("the publisher writes every key of before, one more is left", .republished) {
            $0.publish(SamplePlatform.keys(ttl: 15) + [SamplePlatform.key(3, ttl: 1500)])
        },
        Row("the publisher runs and writes nothing", .republished, "applicationsUnpublished") {
            $0.publish(SamplePlatform.keys(ttl: 1700))
        },
        Row("no key is left", .published, "applicationsUnpublished") { $0.publish([]) },
        Row("an application that is scaled to nothing is not missed", .published) {
            $0.facts.services = .seen(PublishedServices(keys: SamplePlatform.keys(ttl: 15)))
        },
        Row("another release was published", .published, "applicationsUnpublished") {
            $0.publish(
                (1...2).map {
                    ServiceKey(
                        application: "web", name: "web_v4.web.\($0)", value: "10.0.0.1:1", ttl: .seconds(15),
                        index: 9)
                })
        },
        Row("every router answers", .othersServe(nil)),
        Row("routers are well while an application is dark", .othersServe(nil), "applicationsDark") {
            $0.facts.routers[router] = SamplePlatform.router(web: 503)
        },
        Row("an application hangs", .serves(router), "applicationsDark") {
            $0.facts.routers[router] = SamplePlatform.router(web: nil)
        },
        Row("the router that is renewed is not asked", .othersServe(router)) {
            $0.facts.routers[router] = SamplePlatform.router(health: 503)
        },
        Row("a router is away", .othersServe(nil), "routerUnwell") { $0.facts.routers[router] = nil },
        Row("a router does not answer", .serves(router), "routerUnwell") {
            $0.facts.routers[router] = RouterView(address: nil, health: .unknown("connection refused"))
        },
        Row("an application redirects now", .serves(router)) {
            $0.facts.routers[router] = SamplePlatform.router(web: 302)
        },
        Row("an application is not found any more", .serves(router), "applicationsDark") {
            $0.facts.routers[router] = SamplePlatform.router(web: 404)
        },
    ]

    @Test(arguments: units + others + serving) func aProofIsJudgedByWhatIsSeen(row: Row) throws {
        let baseline = try #require(SamplePlatform().baseline)
        var platform = SamplePlatform()
        row.change(&platform)
        #expect(PlatformJudge(platform.facts, since: baseline).holds([row.proof]).names == row.names)
    }

    /// An application that failed before anything was touched is not the upgrade's doing.
    @Test(arguments: [502, 503, nil]) func oneThatNeverAnsweredIsNotWaitedFor(before: Int?) throws {
        var platform = SamplePlatform()
        for router in SamplePlatform.routers {
            platform.facts.routers[router] = SamplePlatform.router(web: before)
        }
        let baseline = try #require(platform.baseline)
        platform.facts.routers[Self.router] = SamplePlatform.router(web: nil)
        #expect(PlatformJudge(platform.facts, since: baseline).holds([.serves(Self.router)]) == [])
    }

    @Test func aWordOpensWhatAsksForOne() throws {
        let platform = SamplePlatform()
        let baseline = try #require(platform.baseline)
        let judge = PlatformJudge(platform.facts, since: baseline, acceptsNoReturn: true, isBackedUp: true)
        #expect(judge.holds([.noReturnAccepted(SamplePlatform.new), .backedUp]) == [])
    }

    @Test func oneRouterHasNoOther() throws {
        var platform = SamplePlatform()
        platform.remove([PlatformUnit(.router, 1), PlatformUnit(.router, 3)])
        let baseline = try #require(platform.baseline)
        #expect(
            PlatformJudge(platform.facts, since: baseline).holds([.othersServe(Self.router)]).names == [
                "noOtherRouter"
            ])
    }

    @Test func aHundredAndFiftyApplicationsAreJudgedOneByOne() throws {
        var platform = SamplePlatform()
        let names = (0..<150).map { "app-\($0)" }
        platform.publish(
            names.map {
                ServiceKey(
                    application: $0, name: "\($0)_v1.web.1", value: "10.0.0.1:1", ttl: .seconds(15), index: 1)
            })
        for router in SamplePlatform.routers {
            platform.facts.routers[router]?.answers = Dictionary(
                uniqueKeysWithValues: names.map { ($0, .seen(200)) })
        }
        let baseline = try #require(platform.baseline)
        platform.facts.routers[Self.router]?.answers["app-77"] = .seen(503)
        #expect(
            PlatformJudge(platform.facts, since: baseline).holds([.othersServe(nil), .published]) == [
                .applicationsDark(applications: ["app-77"], router: "router@2")
            ])
    }
}
