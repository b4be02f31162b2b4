import Simulation

let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
if arguments.count == 1, let seed = arguments.first {
    let run = Run.play(seed: seed, keepsLog: true)
    run.log.forEach { print($0) }
    print(run.outcomes, run.violations, run.sum)
} else {
    var counts: [String: Int] = [:]
    for seed in arguments[0]..<arguments[1] {
        let run = Run.play(seed: seed)
        for outcome in run.outcomes { counts[outcome, default: 0] += 1 }
        if !run.violations.isEmpty { print(seed, run.hosts, run.violations.first ?? "") }
    }
    print(counts)
}
