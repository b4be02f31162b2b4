import Foundation
import Testing

extension PracticeClusterTests {
    /// fleet.conf of the hosts says 60 s, and turnstile.yaml 4 s: a killed fleetd is listed for a minute, and must not
    /// count as alive. The list of fleet's units is complete, also a moment after a fleetd stopped.
    @Test(.timeLimit(.minutes(20))) func fleetsOwnTTLIsWhatCounts() async throws {
        try await PracticeCluster.with(["--fleet-ttl", "60s"]) { cluster in
            let yaml = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
            let short = yaml.replacing("ttl: 60s", with: "ttl: 4s")
            #expect(short != yaml)
            try short.write(toFile: cluster.configPath, atomically: true, encoding: .utf8)

            try await cluster.onHost(
                "practice-2", "systemctl mask --runtime fleet && systemctl kill -s KILL fleet")
            let held = try await cluster.turnstile(["plan"])
            #expect(held.status == 2, "\(held)")
            // On a slow machine the minute may be over: the entry is gone then.
            let isWaitedFor = held.errors.contains("fleet has been whole for")
            #expect(isWaitedFor || held.errors.contains("missing from fleetctl"), "\(held)")
            #expect(
                try /fleet's agent_ttl is at least (5\d|60) s, by its registry, and gates.fleet.ttl says 4 s/
                    .firstMatch(in: held.errors) != nil, "\(held)")
        }
    }

    /// A fleetd that stops removes the states of a global unit on all machines, until their next heartbeats.
    @Test(.timeLimit(.minutes(20))) func aPlanForgetsNoUnitWhileAFleetdStops() async throws {
        try await PracticeCluster.with(["--fleet-ttl", "12s"]) { cluster in
            try await cluster.onHost(
                "practice-1",
                """
                export ETCDCTL_API=2
                etcdctl set /_coreos.com/fleet/job/log.service/object '{"Name":"log.service","Global":true}' >/dev/null
                etcdctl set /_coreos.com/fleet/job/log.service/target-state launched >/dev/null
                \(Self.awaitThree)
                """)
            // The restarted fleetd has published that it runs the unit, and the other fleetds have not yet.
            try await cluster.onHost(
                "practice-3", "systemctl stop fleet && systemctl start fleet && sleep 1")
            #expect(try await cluster.onHost("practice-1", Self.count) != "3")
            let plan = try await cluster.turnstile(["plan", "--output", "json"])
            #expect(plan.status == 0, "\(plan)")
            #expect(try Self.active(plan.output)["log.service"] == 3, "\(plan)")
        }
    }

    private static let count =
        "fleetctl list-units --no-legend --fields=unit,active | grep -c 'active$' || true"
    private static let awaitThree =
        "for i in $(seq 60); do [ \"$(\(count))\" = 3 ] && exit 0; sleep 1; done; exit 1"

    private static func active(_ plan: String) throws -> [String: Int] {
        struct Report: Decodable {
            var plan: Plan
            struct Plan: Decodable { var units: Units }
            struct Units: Decodable { var active: [String: Int] }
        }
        return try JSONDecoder().decode(Report.self, from: Data(plan.utf8)).plan.units.active
    }
}
