import Coordinator
import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

extension UseCases {
    /// The use cases over SSH, with a person at a terminal.
    static func live(_ configuration: Configuration, _ terminal: RolloutTerminal) async throws -> UseCases {
        Interruptions.outliveReaders()
        return UseCases(
            ports: .live(configuration, terminal), settings: try await .live(configuration),
            decider: terminal.decider, tell: { terminal.tell($0) })
    }
}

extension UseCases {
    /// The use cases that look and change nothing, through sessions that the caller ends.
    ///
    /// - Parameter limit: the longest time for all questions of one look to one host.
    static func looking(
        _ configuration: Configuration, _ terminal: RolloutTerminal, through shell: HostShell,
        within limit: Duration
    ) async throws -> UseCases {
        var looking = try await live(configuration, terminal)
        looking.ports.cluster = { hosts in
            var cluster = ClusterPorts.live(configuration, hosts, through: shell.within(limit))
            cluster.close = {}
            return cluster
        }
        return looking
    }
}

extension RolloutPorts {
    fileprivate static func live(_ configuration: Configuration, _ terminal: RolloutTerminal) -> RolloutPorts
    {
        let invocation = terminal.invocation
        return RolloutPorts(
            cluster: { .live(configuration, $0, through: .open(configuration)) },
            journals: configuration.journals.heard(by: terminal.listeners), clock: terminal.clock,
            timeOfDay: TimeOfDay.now,
            operatorName: OperatorName.text,
            interruptible: { driving in
                let goesOn = invocation.command(driving.goesOn, driving.rollout)
                return try await Interruptions.heard(
                    driving.hold, before: driving.isOfPlatform ? "step" : "host", goOnWith: goesOn,
                    driving.run)
            })
    }
}

extension RolloutSettings {
    fileprivate static func live(_ configuration: Configuration) async throws -> RolloutSettings {
        RolloutSettings(
            gates: await configuration.gateSettings, interval: configuration.gates.interval,
            callInterval: .milliseconds(100), timeouts: configuration.timeouts, mark: try configuration.mark)
    }
}

/// The operator's name and machine, for people who read the journal.
enum OperatorName {
    static var text: String { "\(NSUserName())@\(ProcessInfo.processInfo.hostName)" }
}

/// The time of day, ISO 8601.
enum TimeOfDay {
    static let now: @Sendable () -> String = { Date.now.formatted(.iso8601) }
}
