/// The graceful way as the documents have it. The plan announces the outage of this way.
extension PlatformDraft {
    var documented: [PlatformStep] {
        [
            PlatformStep(
                id: "upgrade-prep",
                move: .acting(
                    .upgradePrep(isStateless: baseline.isStateless),
                    when: [.machinesPresent, .othersServe(nil), .published], until: [.gone(rest)],
                    within: .seconds(600)
                ),
                undo: .by(
                    move: .acting(
                        .deisctl(.old, .install, rest), when: [.notLaunched(rest)], until: [.installed(rest)],
                        within: .seconds(300)))),
            setVersion(when: [.gone(rest)]), takeover,
        ] + completions
    }

    /// The takeover, which is heard at most once, as it stops the publisher each time. The takeover begins
    /// by taking the publisher away. The steps after that put in order whatever the takeover left.
    private var takeover: PlatformStep {
        PlatformStep(
            id: "upgrade-takeover",
            move: .acting(
                .upgradeTakeover(isStateless: baseline.isStateless),
                when: [
                    .machinesPresent, .othersServe(nil), .published, .version(new), .noReturnAccepted(new),
                ],
                until: [.removed(units.of(.publishing))], within: .seconds(120)),
            undo: .impossible)
    }

    /// Renewals of every unit, the publisher's first, as every address runs out without it. Routers follow
    /// one by one: the routers that the takeover did not reach still serve.
    private var completions: [PlatformStep] {
        let serving = units.of(.publishing) + units.of(.routing)
        let rest = groups(PlatformComponent.startOrder).filter { serving.isDisjoint(with: $0) }
        return (serving.map { [$0] } + rest).map { group in
            let move = PlatformMove.acting(
                .renew(group), when: [.quiet], until: [.renewed(group), .running(group)],
                within: .seconds(2100))
            let publishes = !group.of(.publishing).isEmpty
            return step("renew", group, publishes ? move.urgent : move, undo: .impossible)
        }
    }
}

extension [PlatformUnit] {
    fileprivate func isDisjoint(with others: [PlatformUnit]) -> Bool { Set(self).isDisjoint(with: others) }
}
