import RolloutJournal
import RolloutModel
import Rollouts

extension CommandFailure {
    /// A use case's refusal, as the command that asked for it ends.
    package init(_ refusal: CommandRefusal, _ invocation: Invocation) {
        let (code, message) = RefusalText(invocation: invocation).text(refusal)
        self.init(code, message)
    }
}

/// The words for a use case's refusals.
private struct RefusalText {
    let invocation: Invocation

    typealias Text = (CommandFailure.Code, String)

    func text(_ refusal: CommandRefusal) -> Text {
        switch refusal {
        case .declined(let question): (.failed, declined(question))
        case .cancelled(let rollout, let goesOn):
            (
                .held,
                "cancelled in the middle of a step. Go on with: \(invocation.command(goesOn, rollout))"
            )
        case .held(let reasons): (.held, CommandFailure.held(reasons).message(for: invocation))
        case .notGoneOn(let record, let reasons): (.held, notGoneOn(record, reasons))
        case .notRolledBack(let reasons):
            (
                .held,
                (["not rolled back; nothing was touched now:"]
                    + RolloutText.reasons(reasons, in: nil, invocation)).joined(separator: "\n")
            )
        case .unfitAgents(let findings): (.held, AgentSkewText.unfit(findings, invocation))
        case .otherPrograms(let findings): (.held, AgentSkewText.otherPrograms(findings, invocation))
        case .ownRollout(let machine): (.held, own(machine))
        case .holderUnreadable(let rollout, let error):
            (
                .held,
                """
                rollout \(rollout) has this cluster, and its journal is of no use: \(error)
                If its turnstile is dead and the rollout is not to go on, 'turnstile unlock \(rollout)' frees the cluster.
                """
            )
        case .journalDoubted(let rollout, let journal, let doubts):
            (.held, doubted(rollout, journal, doubts))
        case .refers(let referral): (.held, refers(referral))
        case .nobodyUnderWay(let command, let place, let leftOut):
            (.usage, Self.nobodyUnderWay(command, place, leftOut))
        case .noSuchRollout(let name, let place):
            (.usage, "there is no rollout '\(name)' in '\(place)'. See 'turnstile history'")
        case .noRolloutYet(let place):
            (.usage, "there is no rollout in '\(place)' yet. Begin one with 'turnstile upgrade'")
        case .nothingToAbandon(let machine): (.usage, nothingToAbandon(machine))
        case .nothingToHold(let rollout):
            (.usage, "rollout \(rollout) has ended already: there is nothing to hold")
        case .madeToUndo(let machine): (.usage, madeToUndo(machine))
        case .notHeld:
            (
                .usage,
                "--override: the rollout is not held; resume it without, and see whether a gate holds it"
            )
        case .hostUnknown(let host): (.usage, Self.unknown(host))
        case .anotherIsOut(let host, let rollout): (.held, isOut(host, rollout))
        case .nobodyWaitsFor(let host):
            (.usage, "no rollout here waits for '\(host)'. See 'turnstile status'")
        case .noHostKnowsARollout:
            (.usage, "no host knows of a rollout. Begin one with: \(invocation.command("upgrade"))")
        case .platformLost(let rollout): (.held, platformLost(rollout))
        case .journalNotLost(let rollout, let journal): (.usage, notLost(rollout, journal))
        case .driven(let rollout): (.held, Self.driven(rollout))
        case .notDriven(let machine, let way): (.held, notDriven(machine, way))
        case .heldByAnother(let holder, let rollout): (.held, Self.another(holder, than: rollout))
        case .holderUnknown(let why):
            (.held, "who holds the cluster could not be told or changed: \(why)")
        case .hostsHeldStill(let rollout, let missing): (.held, Self.heldStill(rollout, missing))
        }
    }

    private func declined(_ question: Question) -> String {
        switch question {
        case .begin: "not begun; nothing was touched on any host"
        case .rollBack, .giveBack, .passNoReturn, .acceptOffer: "nothing was touched on any host"
        case .beginPlatform, .undoPlatform: "nothing was changed on the platform"
        case .journalLost, .freeCluster, .resetTokens, .declareLost: "nothing was changed"
        }
    }

    private func notGoneOn(_ record: RolloutRecord?, _ reasons: [HoldReason]) -> String {
        let lines =
            [record.map(Self.standing) ?? "not done; nothing was touched now, and hosts stay as they are:"]
            + RolloutText.reasons(reasons, in: record?.machine.plan.rollout, invocation)
            + ["Then run the same command again."]
        return lines.joined(separator: "\n")
    }

    private static func standing(of record: RolloutRecord) -> String {
        let machine = record.machine
        let rollout = machine.plan.rollout
        guard machine.outcome == nil else {
            return "rollout \(rollout) has ended, and may have the cluster still; nothing was changed:"
        }
        let refused = "rollout \(rollout) is not gone on with; nothing was touched now"
        guard let host = RolloutText.hostAtWork(machine.state) else { return refused + ":" }
        let standing = HostStanding(machine: machine, outSince: record.outSince, isDriven: false)
        return "\(refused). '\(host)' is still: \(ForeignText.line(standing.told(of: host).words)):"
    }

    private func own(_ machine: RolloutMachine) -> String {
        let rollout = machine.plan.rollout
        let (how, next) =
            if let reasons = machine.state.held {
                ("is held", RolloutText.next(after: reasons, of: rollout, invocation))
            } else {
                ("was stopped in the middle of it", invocation.command(.resume, rollout))
            }
        let name = ForeignText.line(machine.plan.operatorName)
        return
            "rollout \(rollout) of \(name), whose journal is here, has this cluster, and \(how). Resume it first: \(next)"
    }

    private func doubted(_ rollout: RolloutID, _ journal: String, _ doubts: [String]) -> String {
        let lines =
            [
                "not gone on with; nothing was touched now. "
                    + "The journal of rollout \(rollout) is not the one that others saw:"
            ]
            + doubts.map { "  - \($0)" } + JournalProof.wayOn(rollout, path: journal, invocation)
        return lines.joined(separator: "\n")
    }

    private func refers(_ referral: HostReferral) -> String {
        let why = referral.why.map { ": \($0)" } ?? ""
        var lines = ["host '\(referral.host)' \(referral.place.words)\(why). Nothing was touched now."]
        if let trouble = referral.trouble {
            let remedy = trouble.remedy(on: referral.host).text(typed: invocation.typed)
            lines.append("What to do: \(remedy).")
        }
        lines.append(referral.woken.map(Self.wokenHint) ?? referral.hint)
        if let loss = referral.lossLine {
            lines.append("If it never comes back: '\(invocation.typed(loss))'.")
        }
        lines.append("Go on with: \(invocation.typed(referral.line))")
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension RefusalText {
    /// No other line says why its rollout does not take it in.
    private static func wokenHint(_ woken: WokenHost) -> String {
        let lost =
            "Rollout \(woken.rollout) declared it lost (\(ForeignText.line(woken.why))), and takes it in no more"
        return woken.isHeld
            ? "\(lost). Its agent is held by that rollout: once that is unlocked, run the same command again."
            : "\(lost). It was freed from that rollout, and is given back before another one has it."
    }

    private static func nobodyUnderWay(_ command: RecoveryCommand, _ place: String, _ leftOut: Int) -> String
    {
        let which = leftOut == 0 ? "" : ", as far as its journals can be read"
        return "no rollout is under way in '\(place)'\(which). " + without(command)
    }

    private func nothingToAbandon(_ machine: RolloutMachine) -> String {
        let names = machine.remaining.hosts.map(\.id.rawValue).joined(separator: " ")
        let how = invocation.command("abandon --host \(names)")
        return "rollout \(machine.plan.rollout) has ended already. Its hosts can be given back with: \(how)"
    }

    private func madeToUndo(_ machine: RolloutMachine) -> String {
        let next = invocation.command(machine.unbegunUndoing ?? "")
        return "rollout \(machine.plan.rollout) was made to undo, and never began. Go on with: \(next)"
    }

    private static func unknown(_ host: HostID) -> String {
        """
        host '\(host)' is neither in the configuration nor in a rollout that has not ended: whether the \
        cluster can do without it cannot be told. Name all hosts in turnstile.yaml
        """
    }

    private func isOut(_ host: HostID, _ rollout: RolloutID) -> String {
        """
        host '\(host)' is out, in rollout \(rollout), and no second one may go. Bring it in \
        first: \(invocation.command(.resume, rollout))
        """
    }

    private func platformLost(_ rollout: RolloutID) -> String {
        """
        rollout \(rollout) upgrades the platform, and hosts know nothing of its steps: without its journal it can neither \
        be gone on with nor be undone. Nothing was touched now. What to do:
          - If the publisher does not run, applications' addresses run out within half an hour: \
        'deisctl install publisher', 'deisctl start publisher' on a host.
          - Look for the journal on every machine that turnstile has run on. With it in its place, go on with: \
        \(invocation.command(.resume, rollout))
          - If it is lost for good, see how the platform stands: \(invocation.command("platform audit"))
          - Then free the cluster: \(invocation.command("unlock \(rollout)"))
        """
    }

    private func notLost(_ rollout: RolloutID, _ journal: String) -> String {
        """
        the journal of rollout \(rollout) is not lost: it is '\(journal)'. \
        Go on with: \(invocation.command(.resume, rollout))
        """
    }

    private func notDriven(_ machine: RolloutMachine, _ way: String?) -> String {
        """
        no turnstile on this machine drives rollout \(machine.plan.rollout) now, and nothing goes on by itself. \
        Go on with it: \(wayOn(machine, way))
        """
    }

    private static func another(_ holder: LockHolder, than rollout: RolloutID) -> String {
        let lines =
            ["rollout \(rollout) does not hold this cluster; nothing was changed. It is held by:"]
            + HolderText.lines(holder).map { "  \($0)" }
            + ["Only if its turnstile is dead for good: 'turnstile unlock \(holder.rollout)'"]
        return lines.joined(separator: "\n")
    }

    private static func heldStill(_ rollout: RolloutID, _ missing: [RolloutLock.Missing]) -> String {
        let lines =
            ["rollout \(rollout) does not hold the cluster any more, but these hosts still:"]
            + missing.map { "  - \($0)" } + ["Run the same command again when they answer."]
        return lines.joined(separator: "\n")
    }

    private static func driven(_ rollout: RolloutID) -> String {
        """
        rollout \(rollout) is being driven on this machine: its turnstile is not dead. Wait for its end: 'turnstile \
        status \(rollout)'; or ask it to stop after the host at work: 'turnstile hold \(rollout)'
        """
    }

    private func wayOn(_ machine: RolloutMachine, _ way: String?) -> String {
        if let begin = machine.unbegunUndoing { return invocation.command(begin) }
        if let way { return invocation.typed(way) }
        return RolloutText.next(after: machine.state.heldReasons, of: machine.plan.rollout, invocation)
    }

    /// The advice for a command that finds no journal.
    private static func without(_ command: RecoveryCommand) -> String {
        switch command {
        case .abandon, .abandonHost:
            "To give hosts back without a journal: 'turnstile abandon --host HOST'"
        case .upgrade, .resume, .retryReverted, .fromHosts, .rollback, .lose, .unlock, .hold, .install,
            .audit,
            .upgradeOthers, .plainReboot:
            "Begin one with 'turnstile upgrade'; or, where its journal is lost, 'turnstile resume --from-hosts'"
        }
    }
}

extension HostReferral {
    fileprivate var hint: String {
        switch command {
        case .resume: "Its rollout looks where the host is, and goes on from there."
        case .audit: "Once it can be read, run the same command again."
        case .plainReboot:
            "Turnstile did not bring it there. Rebooted by hand, on '\(host)', it goes to its other partition."
        case .upgradeOthers: "No rollout waits for it: name the others."
        case .hold: "A turnstile on this machine is at its rollout; ask that one to stop first."
        case .rollback, .abandon, .abandonHost, .fromHosts, .upgrade, .retryReverted, .unlock, .install,
            .lose:
            ""
        }
    }
}

extension Invocation {
    /// A line to be typed, with this operator's options where it is a command of ours.
    func typed(_ line: String) -> String {
        let ours = "turnstile "
        return line.hasPrefix(ours) ? command(String(line.dropFirst(ours.count))) : line
    }
}

extension JournalProof {
    /// The way on from a journal that somebody doubts.
    package static func wayOn(_ rollout: RolloutID, path: String, _ invocation: Invocation) -> [String] {
        [
            "Lines are gone from its end, or an older or another copy is in its place.",
            "Put the newer journal back, and go on with: \(invocation.command("resume \(rollout)"))",
            "If that is lost for good, move '\(path)' away, and go on with: "
                + invocation.command("resume --from-hosts"),
        ]
    }
}
