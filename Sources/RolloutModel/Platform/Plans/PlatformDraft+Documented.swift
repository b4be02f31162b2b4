/// The graceful way as the documents have it. Its outage is announced in the plan.
extension PlatformDraft {
    var documented: [PlatformStep] {
        [
            PlatformStep(
                id: "upgrade-prep",
                move: .acting(
                    .upgradePrep(isStateless: baseline.isStateless),
                    when: [.machinesPresent, .othersServe(nil), .published], until: [.gone(rest)], within: 600
                ),
                undo: .by(
                    move: .acting(
                        .deisctl(.old, .install, rest), when: [.notLaunched(rest)], until: [.installed(rest)],
                        within: 300))),
            setVersion(when: [.gone(rest)]), takeover,
        ] + completions
    }

    /// Heard at most once, as each time it stops the publisher. Its first act is to take that away: once that is seen, the
    /// steps after it put in order whatever it left.
    private var takeover: PlatformStep {
        PlatformStep(
            id: "upgrade-takeover",
            move: .acting(
                .upgradeTakeover(isStateless: baseline.isStateless),
                when: [
                    .machinesPresent, .othersServe(nil), .published, .version(new), .noReturnAccepted(new),
                ],
                until: [.removed(units.of(.publishing))], within: 120),
            undo: .impossible)
    }

    /// The publisher first: without it every address runs out. Then routers one by one: those that the takeover did not reach
    /// still serve.
    private var completions: [PlatformStep] {
        let serving = units.of(.publishing) + units.of(.routing)
        let rest = groups(PlatformComponent.startOrder).filter { serving.isDisjoint(with: $0) }
        return (serving.map { [$0] } + rest).map { group in
            let move = PlatformMove.acting(
                .renew(group), when: [.quiet], until: [.renewed(group), .running(group)], within: 2100)
            let publishes = !group.of(.publishing).isEmpty
            return step("renew", group, publishes ? move.urgent : move, undo: .impossible)
        }
    }
}

extension [PlatformUnit] {
    fileprivate func isDisjoint(with others: [PlatformUnit]) -> Bool { Set(self).isDisjoint(with: others) }
}
