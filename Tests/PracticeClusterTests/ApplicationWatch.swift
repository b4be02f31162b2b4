import Dispatch
import Foundation

@testable import PracticeHost

/// A client that asks every router for an application, and for its own health, each 50 ms.
actor ApplicationWatch {
    /// The statuses that one router answered; 0 for nothing.
    struct Sample: Hashable, Sendable {
        var application: Int
        var health: Int
    }

    struct Round: Sendable {
        var time: ContinuousClock.Instant
        var samples: [Sample]

        var isDark: Bool { samples.allSatisfy { $0.application != 200 } }
        var isAllHealthy: Bool { samples.allSatisfy { $0.health == 200 } }
    }

    struct Report: Sendable, CustomStringConvertible {
        struct Router: Sendable {
            var everRefused: Bool
        }

        var rounds: [Round]

        /// No router had an answer of the application.
        var secondsWithoutAnyApplication: Double { seconds { $0.isDark } }

        /// Each said that it is well, and none had a container.
        var secondsUnpublishedWhileAllRoutersAreHealthy: Double { seconds { $0.isDark && $0.isAllHealthy } }

        /// At one moment, those that took no connection.
        var mostRoutersAway: Int { rounds.map { $0.samples.count { $0.application == 0 } }.max() ?? 0 }

        /// A router that serves answered something else than the application.
        var wrongAnswers: Int {
            rounds.reduce(0) { $0 + $1.samples.count { ![0, 200].contains($0.application) } }
        }

        var isDark: Bool { rounds.last?.isDark ?? false }

        var routers: [Router] {
            (0..<(rounds.first?.samples.count ?? 0)).map { index in
                Router(everRefused: rounds.contains { $0.samples[index].application == 0 })
            }
        }

        private func seconds(_ isSo: (Round) -> Bool) -> Double {
            zip(rounds, rounds.dropFirst()).filter { isSo($0.0) }.reduce(0) { sum, pair in
                let (seconds, attoseconds) = (pair.1.time - pair.0.time).components
                return sum + Double(seconds) + Double(attoseconds) / 1e18
            }
        }

        var description: String {
            var text = "\(rounds.count) rounds, \(secondsWithoutAnyApplication) s without any application"
            for (earlier, later) in zip(rounds, rounds.dropFirst()) where earlier.samples != later.samples {
                text +=
                    "\n\(later.time - rounds[0].time): \(later.samples.map { "\($0.application)/\($0.health)" })"
            }
            return text
        }
    }

    private let routers: [String]
    private let application: String
    private var rounds: [Round] = []
    private var isStopped = false

    init(routers: [String], application: String) {
        self.routers = routers
        self.application = application
        Task { await run() }
    }

    func soFar() -> Report { Report(rounds: rounds) }

    func stop() -> Report {
        isStopped = true
        return soFar()
    }

    private func run() async {
        while !isStopped {
            let time = ContinuousClock.now
            let (routers, application) = (routers, application)
            let samples = await withTaskGroup(of: (Int, Sample).self) { group in
                for (index, router) in routers.enumerated() {
                    group.addTask { (index, await Self.sample(router, application)) }
                }
                return await group.reduce(into: [(Int, Sample)]()) { $0.append($1) }
            }
            rounds.append(Round(time: time, samples: samples.sorted { $0.0 < $1.0 }.map(\.1)))
            try? await Task.sleep(until: time + .milliseconds(50), clock: .continuous)
        }
    }

    /// On a thread of its own: the calls block.
    private static func sample(_ router: String, _ application: String) async -> Sample {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "sample").async {
                let answer = status(router, 80, "/", host: application)
                let health = status(router, 9090, "/health-check", host: router)
                continuation.resume(returning: Sample(application: answer, health: health))
            }
        }
    }

    private static func status(_ router: String, _ port: UInt16, _ path: String, host: String) -> Int {
        let http = PlainHTTP(address: router, port: port, deadline: .seconds(2))
        return (try? http.exchange("GET", path, fields: [HTTPField("Host", host)]))?.status ?? 0
    }
}
