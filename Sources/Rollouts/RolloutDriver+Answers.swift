import AgentProtocol
import RolloutModel

extension RolloutDriver {
    /// The event that an agent's answer to a step is.
    ///
    /// The work runs in the host's own unit, and a conversation only follows it: one that is cut, or a host that
    /// cannot be reached for a while, says nothing about the work. The same request attaches to it again, or has its
    /// answer repeated, and is made until the step's own deadline.
    ///
    /// - Parameter startsUnheard: whether a host that was never reached is asked again, too: the gates saw it a moment
    ///   ago.
    func answer<Answer: StepAnswer>(
        of host: HostID, within span: Duration, startsUnheard: Bool = true,
        _ ask: () async throws(HostFault) -> VerbEnding<Answer>
    ) async -> RolloutMachine.Event {
        let began = clock.now()
        let deadline = began + span
        var wasHeard = startsUnheard
        var pause = watch.interval
        while true {
            let why: String
            do throws(HostFault) {
                switch try await ask() {
                case .answered(let answer): return answer.event(of: host)
                case .failed(let failure): return failure.event(of: host)
                case .refused(let refusal):
                    guard refusal.reason == .busy else { return refusal.event(of: host) }
                    why = refusal.message
                }
            } catch {
                if error.kind == .interrupted { wasHeard = true }
                let mayHelp = error.kind == .interrupted || (error.kind == .unreachable && wasHeard)
                guard mayHelp else { return .stepFailed(why: error.why) }
                why = error.why
            }
            guard clock.now() < deadline, !Task.isCancelled else {
                return .stepFailed(
                    why:
                        "\(why); its agent may be at work still, and is asked again when the rollout is resumed"
                )
            }
            notify(
                .waiting(
                    .init(
                        host: host, reasons: [], what: "to ask again", heard: why, since: began,
                        deadline: deadline)))
            await access.disconnect(host)
            // A cancelled wait ends the loop above.
            try? await clock.sleep(min(pause, max(.zero, deadline - clock.now())))
            pause = min(pause * 2, Self.pauseMax)
        }
    }

    /// Between two attempts to hear of a step.
    private static let pauseMax = Duration.seconds(15)
}

/// An answer that ends a step of a rollout.
protocol StepAnswer: VerbAnswer {
    func event(of host: HostID) -> RolloutMachine.Event
}

extension StageAnswer: StepAnswer {
    func event(of host: HostID) -> RolloutMachine.Event {
        switch self {
        case .staged(let update):
            .staged(
                version: Version(update.version), boot: BootID(update.bootID),
                partition: update.partitions.other.label,
                contents: update.contents.map { StagedContents($0) })
        case .nothingOffered(let answer): .nothingOffered(running: Version(answer.runningVersion))
        case .offerDiffers(let answer): .offerDiffered(offered: Version(answer.offered))
        }
    }
}

extension ArmAnswer: StepAnswer {
    func event(of host: HostID) -> RolloutMachine.Event {
        switch self {
        case .staged(let update): StageAnswer.staged(update).event(of: host)
        case .doubted(let doubted): .prefetchDoubted(doubt: doubted.doubt, why: doubted.message)
        }
    }
}

/// The answer of either way in which a host comes to its update.
enum UpdateAnswer: StepAnswer {
    case staging(StageAnswer)
    case arming(ArmAnswer)

    init?(_ message: AgentMessage) {
        if let answer = StageAnswer(message) {
            self = .staging(answer)
        } else if let answer = ArmAnswer(message) {
            self = .arming(answer)
        } else {
            return nil
        }
    }

    var message: AgentMessage {
        switch self {
        case .staging(let answer): answer.message
        case .arming(let answer): answer.message
        }
    }

    func event(of host: HostID) -> RolloutMachine.Event {
        switch self {
        case .staging(let answer): answer.event(of: host)
        case .arming(let answer): answer.event(of: host)
        }
    }
}

extension CommitProof: StepAnswer {
    func event(of host: HostID) -> RolloutMachine.Event { .committed(version: Version(version)) }
}

extension AbandonedHost: StepAnswer {
    func event(of host: HostID) -> RolloutMachine.Event {
        .abandoned(host: host, undone: undone, left: left)
    }
}

extension Refusal {
    func event(of host: HostID) -> RolloutMachine.Event {
        reason == .reverted
            ? .refusedAsReverted(why: message) : .stepFailed(why: message + reason.nextCommand(on: host))
    }
}

extension StepFailure {
    func event(of host: HostID) -> RolloutMachine.Event {
        .stepFailed(why: message + reason.nextCommand(on: host))
    }
}

extension Refusal.Reason {
    /// The operator's command against it, where an agent, which knows no operator's commands, cannot say it.
    func nextCommand(on host: HostID) -> String {
        switch self {
        case .tokenOutdated: " (another turnstile took over: 'turnstile status' shows what it knows)"
        case .protocolUnsupported:
            " (put the agent of this turnstile on it: 'turnstile install \(host.word)')"
        case .partitionUnproved, .versionDiffers, .phaseUnsuitable, .bootDiffers:
            " (see 'turnstile audit \(host.word)')"
        case .malformedRequest, .reverted, .notPermitted, .hostUnsafe, .heldByAnother, .busy: ""
        }
    }
}

extension StepFailure.Reason {
    func nextCommand(on host: HostID) -> String {
        switch self {
        case .unitMissing: " (put the agent and its unit on it: 'turnstile install \(host.word)')"
        case .offeredOlder, .checkFailed:
            " (see the group and server in force: 'turnstile audit \(host.word)')"
        case .updateFailed, .notArmed, .stillArmed, .notCommitted, .deadlinePassed, .cutShort,
            .engineUnavailable,
            .hostFault:
            ""
        }
    }
}
