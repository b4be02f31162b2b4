import AgentProtocol
import SampleValues
import Testing

@testable import HostAgent

@Suite struct ReportTests {
    @Test func tellsTheHostAsItIs() async throws {
        let host = SimulatedHost()
        let found = Footprint(host)
        let report = try #require(await host.report())
        #expect(report.machineID == "0123456789abcdef0123456789abcdef")
        #expect(report.bootID == host.bootID)
        #expect(report.hostname == "k1")
        #expect(report.uptimeSeconds == 77.2)
        #expect(report.distribution == "coreos")
        #expect(report.version == "1298.5.0")
        #expect(report.group == "beta")
        #expect(report.updateServer == "https://public.update.core-os.net/v1/update/")
        #expect(report.rebootStrategy == "off")
        #expect(
            report.engine == EngineUnit(loadState: "masked", activeState: "inactive", unitFileState: "masked")
        )
        #expect(report.engineStatus == nil)
        #expect(report.partitions == host.table)
        #expect(!report.updatePending)
        #expect(report.systemState == "running")
        #expect(report.wallClockSeconds == 1_795_480_000.5)
        #expect(report.cgroups == .v1)
        #expect(
            report.agent
                == AgentState.sample(agentVersion: Agent.version, phase: .idle, authority: nil, version: nil))
        #expect(report.unreadable == [])
        #expect(Footprint(host) == found)
    }

    @Test func asksOnlyARunningEngine() async throws {
        let host = SimulatedHost.withForeignUpdate()
        let report = try #require(await host.report())
        #expect(
            report.engineStatus
                == EngineReading(
                    operation: "UPDATE_STATUS_UPDATED_NEED_REBOOT", fraction: 0, newVersion: "1353.8.0",
                    lastCheckedTime: 1_000))
        #expect(report.updatePending)
    }

    @Test func tellsHowFarTheAgentIs() async throws {
        let host = SimulatedHost()
        try await host.stage()
        let agent = try #require(await host.report()).agent
        #expect(agent.phase == .staged)
        #expect(agent.version == "1353.8.0")
        #expect(agent.authority == SimulatedHost.first)
    }

    @Test(arguments: [
        "", "\n", "uninitialized\n", "00000000000000000000000000000000\n",
        "0123456789abcdef0123456789abcde\n",
        "0123456789ABCDEF0123456789ABCDEF\n", "0123456789abcdef-0123456789abcdef\n",
    ])
    func aMachineIDThatIsNoneIsNotTold(text: String) async throws {
        let host = SimulatedHost { $0.files["/etc/machine-id"] = .text(text) }
        let report = try #require(await host.report())
        #expect(report.machineID.isEmpty)
        #expect(report.unreadable.map(\.subject) == ["/etc/machine-id"])
    }

    @Test func whatCgptWarnsOfAndTheEngineReadsIsTold() async throws {
        let calm = try #require(await SimulatedHost().report())
        #expect(calm.tableWarning == nil && calm.oddSettings == [])
        let host = SimulatedHost {
            $0.cgptWarns = "WARNING: one of the GPT header/entries is invalid"
            $0.files[SimulatedHost.configurationPath] = .text("GROUP=stable\r\nREBOOT_STRATEGY=off")
        }
        let report = try #require(await host.report())
        #expect(report.tableWarning == "WARNING: one of the GPT header/entries is invalid")
        #expect(report.partitions?.isCommitted == true)
        #expect(
            report.oddSettings
                == [
                    OddSetting(
                        key: "GROUP", value: "stable\r", path: SimulatedHost.configurationPath, line: 1,
                        meant: "stable")
                ])
    }

    @Test("whatever cannot be read, the rest is told")
    func anyOneEffectMayFail() async throws {
        let calm = SimulatedHost()
        _ = await calm.report()
        // The subjects `ofUnits` rest on one answer of systemd's.
        let ofUnits: Set = [Unreadable.engineUnit, Unreadable.hazards, Unreadable.etcd]
        for effect in 1...calm.with({ $0.effectsDone }) {
            let host = SimulatedHost { $0.faultAt = effect }
            let report = try #require(await host.report())
            #expect(!report.unreadable.isEmpty, "fault at effect \(effect)")
            #expect(report.unreadable.count <= 2 || Set(report.unreadable.map(\.subject)) == ofUnits)
        }
    }

    @Test func aNewerRecordIsNamedAndNotGuessedAt() async throws {
        let host = SimulatedHost {
            $0.files[RecordStore.path] = .text(#"{"formatVersion":2,"phase":"dancing"}"#)
        }
        let report = try #require(await host.report())
        let entry = try #require(report.unreadable.first)
        #expect(entry.reason.contains("format 2") && entry.reason.contains("format 1"))
        #expect(try await host.stage().refusal == .protocolUnsupported)
        #expect(host.with { $0.files[RecordStore.path] }?.text == #"{"formatVersion":2,"phase":"dancing"}"#)
    }

    @Test(arguments: ["", "{", #"{"formatVersion":1}"#, #"{"formatVersion":0}"#])
    func aDamagedRecordChangesNothing(text: String) async throws {
        let host = SimulatedHost { $0.files[RecordStore.path] = .text(text) }
        let found = Footprint(host)
        let answer = try await host.stage()
        #expect(answer.failure == .hostFault || answer.refusal == .protocolUnsupported)
        #expect(Footprint(host) == found)
    }
}

@Suite struct UnitReportTests {
    @Test func unitsThatAreNotWellAreToldByName() async throws {
        let host = SimulatedHost {
            $0.listedUnits = [
                ("web.service", "activating auto-restart"), ("app.service", "failed failed"),
                ("db.service", "activating start-pre"),
            ]
        }
        let report = try #require(await host.report())
        #expect(
            report.units
                == HostUnits(failed: ["app.service", "web.service"], starting: ["db.service"], running: []))
        #expect(report.unreadable.isEmpty)
        let none = try #require(await SimulatedHost().report())
        #expect(none.units == HostUnits(running: []))
    }

    @Test func servicesThatABootBringsBackAreToldByName() async throws {
        func service(_ name: String, _ more: String) -> String {
            "Id=\(name)\nType=simple\nActiveState=active\nSubState=running\nWantedBy=multi-user.target\n\(more)\n"
        }
        let host = SimulatedHost {
            $0.listedServices =
                service("web.service", "FragmentPath=/etc/systemd/system/web.service\n")
                + service("app.service", "FragmentPath=/usr/lib/systemd/system/app.service\n")
                + service(
                    "run-u1.service", "FragmentPath=/run/systemd/transient/run-u1.service\nTransient=yes\n")
        }
        let report = try #require(await host.report())
        #expect(report.units == HostUnits(running: ["app.service", "web.service"]))
    }

    @Test func whatIsNoListOfServicesIsNotTold() async throws {
        let host = SimulatedHost {
            $0.listedUnits = [("web.service", "active running")]
            $0.listedServices = "Failed to connect to bus\n"
        }
        let report = try #require(await host.report())
        #expect(report.units == nil && report.unreadable.map(\.subject) == [Unreadable.units])
    }

    @Test func whatIsNoListOfUnitsIsNotTold() async throws {
        let host = SimulatedHost { $0.listedUnits = [("Failed to list units:", "Connection timed out")] }
        let report = try #require(await host.report())
        #expect(report.units == nil && report.unreadable.map(\.subject) == [Unreadable.units])
    }
}
