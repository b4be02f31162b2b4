import AgentProtocol
import Coordinator
import Driving
import Foundation
import RolloutJournal
import RolloutModel

/// A cluster opened for one command: sessions with its hosts, and what the command does with them.
struct RolloutSession {
    let configuration: Configuration
    let hosts: [HostID]
    let shell: HostShell
    let access: HostAccess
    /// Of the cluster, in its etcd and at the agents of these hosts; at the agents alone where there is no etcd.
    let lock: RolloutLock
    let invocation: Invocation
    /// One for all: moments of two clocks cannot be compared.
    let clock: RolloutClock

    static func open(_ configuration: Configuration, invocation: Invocation, hosts: [HostID]? = nil)
        async throws
        -> RolloutSession
    {
        do {
            if hosts == nil { try configuration.requireHosts() }
        } catch {
            throw CommandFailure(.usage, error.description)
        }
        Interruptions.outliveReaders()
        let chosen = hosts ?? configuration.hosts.map(\.id)
        let shell = HostShell.open(configuration)
        let endpoint = configuration.gates.etcdEndpoint
        let access = HostAccess.live(shell: shell, etcd: endpoint)
        let store: LockStore? =
            configuration.gates.settings.etcd == nil
            ? nil : .etcd(shell: shell, hosts: chosen, endpoint: endpoint)
        let semaphores: SemaphoreStore? =
            store == nil || configuration.gates.locksmith == .never
            ? nil
            : .etcd(
                shell: shell, hosts: chosen, endpoint: endpoint,
                makes: configuration.gates.locksmith == .always)
        return RolloutSession(
            configuration: configuration, hosts: chosen, shell: shell, access: access,
            lock: RolloutLock(hosts: chosen, access: access, store: store, semaphores: semaphores),
            invocation: invocation, clock: .live(localTime: configuration.gates.localTime))
    }

    func close() async {
        for host in hosts { await shell.disconnect(host) }
    }

    var choice: RolloutChoice { RolloutChoice(configuration, invocation) }

    /// nil where no Kubernetes runs on the hosts.
    var nodes: NodeAccess? { configuration.gates.kubernetes.map { .live($0) } }

    func watch(_ plan: Plan) -> GateWatch {
        GateWatch(
            plan: plan, settings: gateSettings, access: access, lock: lock, nodes: nodes, clock: clock,
            interval: configuration.gates.intervalSeconds)
    }

    /// Drives a rollout to its end or its hold, shows it, and prints what it came to.
    ///
    /// - Parameters:
    ///   - acceptsNoReturn: nobody is asked at etcd's point of no return.
    ///   - goOn: the command that goes on with it, where that is not `resume`.
    ///   - done: whether a hold is what was asked for.
    func drive(
        _ journal: Journal, watch: GateWatch, token: Token, from event: RolloutMachine.Event?,
        output: OutputFormat, acceptsNoReturn: Bool = false, goOn: String? = nil,
        done: ([HoldReason]) -> Bool = { _ in false }
    ) async throws {
        let plan = journal.record.machine.plan
        let view = RolloutView(hosts: hosts, terminal: .standardError(), clock: clock)
        let request = HoldRequest(beside: journal.path)
        // One that a dead turnstile left says nothing about this run.
        request.remove()
        defer { request.remove() }
        let hold = HoldSwitch(orAsked: { request.isThere })
        let driver = RolloutDriver(
            watch: watch, token: token, timeouts: configuration.timeouts, hold: hold,
            operatorGates: configuration.operatorGates(shell), notify: { view.show($0) })
        let resume = goOn ?? resumeCommand(plan.rollout)
        let ending: RolloutDriver.Ending
        do {
            ending = try await drive(journal, driver, hold, from: event, resume: resume) { reason in
                view.settle()
                return try acceptsNoReturn || Self.askNoReturn(reason)
            }
        } catch is CancellationError {
            throw CommandFailure(.held, "cancelled in the middle of a step. Go on with: \(resume)")
        }
        if case .held = ending { await lock.note(journal.end) }
        // What holds it is said below, on standard error: once is enough.
        try Self.show(
            journal.record, path: journal.path, as: output, invocation: invocation, withReasons: false)
        if case .finished(let outcome) = ending {
            try await letGo(journal, token: token)
            if outcome == .upgraded { try await tellAfterRollout(journal) }
        }
        guard case .held(let reasons) = ending, !done(reasons) else { return }
        if case .person(.stoppedAfter(let count))? = reasons.first {
            return say(RolloutText.stopped(after: count, journal.record.machine) + " Go on with: \(resume)")
        }
        let since = journal.record.heldSince.map { " since \($0)" } ?? ""
        throw CommandFailure(.held) { invocation in
            let next = goOn ?? RolloutText.next(after: reasons, of: plan.rollout, invocation)
            return
                (["rollout \(plan.rollout) is held\(since):"]
                + RolloutText.reasons(reasons, in: plan.rollout, invocation) + ["Then: \(next)"])
                .joined(separator: "\n")
        }
    }

    /// The rollout is over, whatever this hook says; that it failed must not go unheard.
    private func tellAfterRollout(_ journal: Journal) async throws {
        let gates = configuration.operatorGates(shell)
        let machine = journal.record.machine
        let (reason, word) = await gates.askAfterRollout(machine)
        if let word { try journal.append(.said(word)) }
        if let reason { throw CommandFailure.afterRollout(reason) }
    }

    static func show(
        _ record: RolloutRecord, path: String, as format: OutputFormat, invocation: Invocation,
        withReasons: Bool = true
    ) throws {
        let summary = RolloutSummary(
            record, path: path, isDriven: try Journal.isBeingWritten(path: path), invocation: invocation)
        switch format {
        case .table: summary.lines(on: .standardOutput(), withReasons: withReasons).forEach { print($0) }
        case .json: print(try JSONText.document(summary))
        }
    }

    func resumeCommand(_ rollout: RolloutID) -> String { invocation.command("resume \(rollout)") }

    /// Who, and from where: for people, in the journal.
    static var operatorName: String {
        "\(NSUserName())@\(ProcessInfo.processInfo.hostName)"
    }

    /// The first request asks to hold after the host at work; a person's second cancels.
    func interruptible<Value: Sendable>(
        _ hold: HoldSwitch, resume: String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                var requests = StopRequests()
                for await (signal, moment) in Interruptions.stream() {
                    switch requests.take(signal, at: moment) {
                    case .hold:
                        hold.ask()
                        say(
                            "Holding before the next host. ^C again stops at once; go on later with: \(resume)"
                        )
                    case .cancel: throw CancellationError()
                    case .heardBefore: break
                    }
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }
}
