import AgentProtocol
import RolloutModel
import Rollouts
import Synchronization

/// The simulated world as coordinators reach it: over a network that loses messages, on a virtual clock.
final class Fleet: Sendable {
    struct State: Sendable {
        var world: World
        var faults: Faults
        var dice: Dice
        var judge: Judge
        /// The generator for power cuts alone, so that other draws of a seed do not depend on them.
        var powerDice: Dice
        var mishaps: [Mishap: Int] = [:]

        mutating func count(_ mishap: Mishap) { mishaps[mishap, default: 0] += 1 }
    }

    let state: Mutex<State>
    let time: VirtualTime

    init(world: World, faults: Faults, dice: Dice, time: VirtualTime) {
        var copy = dice
        state = Mutex(
            State(world: world, faults: faults, dice: dice, judge: Judge(), powerDice: copy.split()))
        self.time = time
    }

    /// The requests that a coordinator can make.
    ///
    /// - Parameter process: the process that asks, which may die between any two questions, and gets no answer
    ///   afterwards.
    func access(for process: SimulatedProcess) -> HostAccess {
        HostAccess(
            report: { [self] id throws(HostFault) in
                try await ask(id, process) { world, now in world.hosts[id]?.report(at: now) }
            },
            stage: { [self] id, request, _ throws(HostFault) in
                try await change(id, process, request.authority, taking: { $0.stage }) { world, now in
                    world.stage(id, request, at: now)
                }
            },
            arm: { [self] id, request, _ throws(HostFault) in
                try await change(id, process, request.authority) { world, now in
                    world.arm(id, request, at: now)
                }
            },
            reboot: { [self] id, request throws(HostFault) in
                try await change(id, process, request.authority) { world, now in
                    world.reboot(id, request, at: now)
                }
            },
            commit: { [self] id, request, _ throws(HostFault) in
                try await change(id, process, request.authority, taking: { $0.commit }) { world, now in
                    world.commit(id, request, at: now)
                }
            },
            rollback: { [self] id, request throws(HostFault) in
                try await change(id, process, request.authority) { world, now in
                    world.rollback(id, request, at: now)
                }
            },
            abandon: { [self] id, request, _ throws(HostFault) in
                try await change(id, process, request.authority) { world, now in
                    world.abandon(id, request, at: now)
                }
            },
            claim: { [self] id, request throws(HostFault) in
                try await change(id, process, request.authority) { world, now in
                    world.claim(id, request)
                }
            },
            release: { [self] id, request throws(HostFault) in
                try await change(id, process, request.authority) { world, now in
                    world.release(id, request)
                }
            },
            machines: { [self] id throws(HostFault) in
                try await ask(id, process) { world, now in world.machines(seenBy: id, at: now) }
            },
            fleetRegistry: { [self] id throws(HostFault) in
                try await ask(id, process) { world, now in
                    world.tellsOfEtcd(id, at: now) ? world.fleetRegistry(at: now) : nil
                }
            },
            units: { _ in FleetUnits(active: [:], launched: []) },
            deis: { _ in nil },
            etcd: { [self] id throws(HostFault) in
                try await ask(id, process) { world, now in
                    world.tellsOfEtcd(id, at: now) ? world.etcd(at: now) : nil
                }
            },
            // No simulated member knows that it leads.
            moveLeader: { [self] id throws(HostFault) in
                try await ask(id, process) { _, _ in EtcdMemberID?.none }
            },
            seat: { [self] id throws(HostFault) in
                try await ask(id, process) { world, _ in
                    world.seat(of: id)
                }
            },
            disconnect: { _ in })
    }

    /// Asks a question that changes nothing.
    private func ask<Value: Sendable>(
        _ id: HostID, _ process: SimulatedProcess, _ body: (World, Moment) -> Value?
    ) async throws(HostFault) -> Value {
        try process.live(id)
        let fate = state.withLock { $0.networkFate(at: time.now) }
        if fate == .stalled { await wait(.seconds(10)) }
        guard fate == .passes else { throw Self.unreachable(id) }
        let answer = state.withLock { state -> Value? in
            state.world.advance(to: time.now)
            guard state.world.hosts[id]?.isUp == true else { return nil }
            return body(state.world, time.now)
        }
        try process.live(id)
        guard let answer else { throw Self.unreachable(id) }
        return answer
    }

    /// Makes a request that changes a host. A request takes time, and the request or its answer may be lost.
    private func change<Answer: VerbAnswer>(
        _ id: HostID, _ process: SimulatedProcess, _ authority: Authority,
        taking span: (Pace) -> ClosedRange<Duration> = { _ in .zero ... .seconds(1) },
        _ body: (inout World, Moment) -> AgentMessage
    ) async throws(HostFault) -> VerbEnding<Answer> {
        try process.live(id)
        let (fate, dropped, lost, before, after) = state.withLock { state in
            let isOver = time.now >= state.faults.end
            return (
                state.networkFate(at: time.now), !isOver && state.dice.happens(state.faults.dropped),
                !isOver && state.dice.happens(state.faults.replyLost),
                state.dice.roll(span(state.world.pace)),
                state.dice.roll(seconds: 0...1)
            )
        }
        if fate == .stalled { await wait(.seconds(10)) }
        guard fate == .passes else { throw Self.unreachable(id) }
        await wait(before)
        // A request may still be on its way after its process died; tokens protect the host from it.
        if dropped { count(.dropped) }
        guard !dropped else { throw HostFault(host: id, kind: .interrupted, why: "connection reset") }
        let message = state.withLock { state -> AgentMessage? in
            state.world.advance(to: time.now)
            guard state.world.hosts[id]?.isUp == true else { return nil }
            let acts = state.world.acts.count
            let before = state.world
            let message = body(&state.world, time.now)
            state.judge.judge(message, to: authority, from: id, at: time.now)
            for act in state.world.acts.dropFirst(acts) {
                state.judge.judge(act, by: process, from: before, to: state.world)
                state.drawBoot(after: act)
            }
            if state.world.acts.count > acts { state.world.settle(at: time.now) }
            return message
        }
        await wait(after)
        try process.live(id)
        guard let message else { throw Self.unreachable(id) }
        if lost { count(.replyLost) }
        guard !lost else { throw HostFault(host: id, kind: .interrupted, why: "connection reset") }
        return try VerbEnding(message, of: id)
    }

    func count(_ mishap: Mishap) { state.withLock { $0.count(mishap) } }

    func wait(_ span: Duration) async {
        // A cancelled caller needs no full wait.
        try? await time.sleep(span)
    }

    static func unreachable(_ id: HostID) -> HostFault {
        HostFault(host: id, kind: .unreachable, why: "no route to host")
    }
}

extension Fleet.State {
    enum NetworkFate { case passes, refused, stalled }

    mutating func networkFate(at now: Moment) -> NetworkFate {
        guard now < faults.end else { return .passes }
        let draw = dice.roll(0...1.0)
        guard draw < faults.refused + faults.stalled else { return .passes }
        count(draw < faults.refused ? .refused : .stalled)
        return draw < faults.refused ? .refused : .stalled
    }

    /// Draws the outcome of a reboot that a host was told to make.
    mutating func drawBoot(after act: World.Act) {
        if act.verb == .stage || act.verb == .arm { drawPowerCut(after: act) }
        guard act.verb == .reboot || act.verb == .rollback else { return }
        let spread = world.pace.reboot.upperBound - world.pace.reboot.lowerBound
        if spread > .zero { delayBoot(of: act.host, by: dice.roll(.zero...spread)) }
        guard act.at < faults.end else { return }
        // The rebooted host may run etcd's leader.
        if dice.happens(1 / Double(world.order.count)) { loseLeader(at: act.at) }
        guard dice.happens(faults.strangeBoot) else { return }
        let fates: [SimulatedHost.BootFate] = [
            .slow(dice.roll(seconds: 30...900)), .never, .reverts, .otherVersion(World.strayVersion),
            .memberStaysIll,
            .fleetStaysSilent,
        ]
        guard let fate = dice.pick(fates) else { return }
        world.hosts[act.host]?.nextBoot = fate
        switch fate {
        case .asItShould: break
        case .never:
            world.hosts[act.host]?.upAt = .never
            count(.endlessBoot)
        case .slow(let delay):
            delayBoot(of: act.host, by: delay)
            count(.slowBoot)
        case .reverts: count(.revertedBoot)
        case .otherVersion: count(.otherVersion)
        case .memberStaysIll: count(.memberFlaps)
        case .fleetStaysSilent: count(.fleetSilent)
        }
    }

    private mutating func delayBoot(of host: HostID, by delay: Duration) {
        guard let upAt = world.hosts[host]?.upAt else { return }
        world.hosts[host]?.upAt = upAt + delay
    }

    /// Draws a power cut between "staged" and the end of the reboot that follows.
    private mutating func drawPowerCut(after act: World.Act) {
        guard act.at < faults.end, powerDice.happens(faults.strangeBoot) else { return }
        world.hosts[act.host]?.powerCutAt = act.at + powerDice.roll(seconds: 0.1...90)
        count(.powerCut)
    }

    /// Takes away etcd's leader. Until another is elected, etcd can be neither read nor written.
    mutating func loseLeader(at now: Moment) {
        world.leaderlessUntil = now + dice.roll(seconds: 1...10)
        count(.leaderLost)
    }
}
