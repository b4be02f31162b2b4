import Foundation
import RolloutJournal
import RolloutModel

/// A rollout's timeline in Prometheus' text format. docs/metrics.md has every name.
package enum MetricsText {
    /// A metric with all its samples.
    struct Metric {
        var name: String
        var help: String
        var kind: Kind
        var samples: [Sample]

        enum Kind: String { case gauge, counter }
    }

    struct Sample {
        var labels: [(name: String, value: String)]
        var value: Double
    }

    package static func text(_ timeline: RolloutTimeline) -> String {
        metrics(timeline).map(text).joined()
    }

    static func metrics(_ timeline: RolloutTimeline) -> [Metric] {
        let prefix = [("rollout", timeline.rollout)]
        return (ofRollout(timeline) + ofHosts(timeline.hosts)).map { metric in
            var metric = metric
            for index in metric.samples.indices {
                metric.samples[index].labels.insert(contentsOf: prefix, at: 0)
            }
            return metric
        }
    }

    // MARK: Of the rollout

    private static func ofRollout(_ timeline: RolloutTimeline) -> [Metric] {
        let info = [
            ("operator", timeline.operatorName), ("purpose", timeline.purpose.rawValue),
            ("target", timeline.target ?? ""),
        ]
        let last = (try? Date(timeline.lastEntryAt, strategy: .iso8601))?.timeIntervalSince1970
        return [
            gauge(
                "rollout_info", "The rollout, by whom and to which version; always 1.",
                [Sample(labels: info, value: 1)]),
            gauge(
                "rollout_state", "1 for the state that the rollout is in, 0 for the others.",
                RolloutTimeline.State.allCases.map {
                    Sample(labels: [("state", $0.rawValue)], value: $0 == timeline.state ? 1 : 0)
                }),
            gauge(
                "rollout_last_entry_timestamp_seconds", "When the last entry of the journal was written.",
                last.map { [Sample(labels: [], value: $0)] } ?? []),
            gauge(
                "rollout_hosts", "Hosts of the plan.",
                [Sample(labels: [], value: Double(timeline.hosts.count))]),
            gauge(
                "rollout_hosts_done", "Hosts that have come to their end.",
                [Sample(labels: [], value: Double(timeline.hosts.count { $0.result != nil }))]),
            Metric(
                name: "turnstile_rollout_holds_total", help: "How often the rollout was held.",
                kind: .counter,
                samples: [
                    Sample(
                        labels: [],
                        value: Double(timeline.holds.last.count.adding(clamping: timeline.holds.leftOut)))
                ]),
        ]
    }

    // MARK: Of its hosts

    private static func ofHosts(_ hosts: [RolloutTimeline.Host]) -> [Metric] {
        [
            gauge(
                "host_info", "Versions before the rollout and as last seen; always 1.",
                hosts.map { sample($0, [("before", $0.versionBefore), ("after", $0.versionAfter ?? "")], 1) }),
            gauge(
                "host_phase", "1 for the phase that the host is in; none where nothing is done with it.",
                hosts.flatMap { host in
                    open(host).map { [sample(host, [("phase", $0.kind.rawValue)], 1)] } ?? []
                }),
            gauge(
                "host_out", "1 from the host's request to reboot until it is committed or rolled back.",
                hosts.map { sample($0, [], open($0)?.isOut == true ? 1 : 0) }),
            Metric(
                name: "turnstile_host_out_seconds_total",
                help: "How long the host was out, in phases that are over.",
                kind: .counter, samples: hosts.map { sample($0, [], $0.outTime.inSeconds) }),
            gauge(
                "host_result", "1 for what became of the host; none before that.",
                hosts.compactMap { host in host.result.map { sample(host, [("result", $0.rawValue)], 1) } }),
        ]
    }

    private static func open(_ host: RolloutTimeline.Host) -> RolloutTimeline.Phase? {
        host.phases.last.last.flatMap { $0.isOver ? nil : $0 }
    }

    private static func sample(
        _ host: RolloutTimeline.Host, _ labels: [(name: String, value: String)], _ value: Double
    ) -> Sample {
        Sample(labels: [("host", host.host)] + labels, value: value)
    }

    private static func gauge(_ name: String, _ help: String, _ samples: [Sample]) -> Metric {
        Metric(name: "turnstile_" + name, help: help, kind: .gauge, samples: samples)
    }

    // MARK: The format

    private static func text(_ metric: Metric) -> String {
        let head = ["# HELP \(metric.name) \(metric.help)", "# TYPE \(metric.name) \(metric.kind.rawValue)"]
        return (head + metric.samples.map { line($0, of: metric.name) }).map { $0 + "\n" }.joined()
    }

    private static func line(_ sample: Sample, of name: String) -> String {
        let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
        let whole = sample.value == sample.value.rounded() && abs(sample.value) < 1e15
        return "\(name){\(labels)} \(whole ? "\(Int(clamping: sample.value))" : "\(sample.value)")"
    }

    /// A label's value: one line, in which the format's own marks are escaped.
    private static func escaped(_ value: String) -> String {
        ForeignText.line(value).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
