/// Publisher and routers are renewed one by one, each while the others serve. The rest is away meanwhile.
/// The steps are single commands, as `upgrade-takeover` stops the publisher under applications and says
/// nothing of it.
extension PlatformDraft {
    var graceful: [PlatformStep] {
        prep + [setVersion(when: [.gone(rest)])] + publisher + units.of(.routing).flatMap(router)
            + [installRest] + starts(groups(PlatformComponent.startOrder).filter(isRest), when: serving)
    }

    /// All units but the publisher and the routers.
    var rest: [PlatformUnit] {
        units.filter { $0.component.role != .publishing && $0.component.role != .routing }
    }

    private func isRest(_ group: [PlatformUnit]) -> Bool { !group.of(rest.map(\.component)).isEmpty }

    /// Applications are served by every router, and published.
    private var serving: [PlatformProof] { [.othersServe(nil), .published] }

    private var prep: [PlatformStep] {
        groups(PlatformComponent.stopOrder).filter(isRest).flatMap { group in
            [
                step(
                    "stop", group, .stop(group, by: .old, when: [.machinesPresent] + serving),
                    undo: .by(move: .start(group, by: .old))),
                step(
                    "uninstall", group, .uninstall(group, by: .old),
                    undo: .by(move: .install(group, by: .old))),
            ]
        }
    }

    private var publisher: [PlatformStep] {
        let publisher = units.of(.publishing)
        guard !publisher.isEmpty else { return [] }
        let held: [PlatformProof] = [.keysHeld(for: Self.renewalTime)]
        return [
            // The step is undone after the old publisher runs again. The undoing lets go the addresses
            // that were kept.
            PlatformStep(
                id: "keep-addresses", move: .look(until: [.published], within: .seconds(120)),
                undo: .by(move: release(publisher))),
            step(
                "stop", publisher, .quietPublisher(by: .old, when: [.machinesPresent] + serving),
                undo: .by(move: .revert(publisher, to: old, until: [.republished]).urgent)),
            step(
                "uninstall", publisher, .uninstall(publisher, by: .old, when: held).urgent,
                undo: .by(move: .install(publisher, by: .old, when: held).urgent)),
            step(
                "install", publisher, .install(publisher, by: .new, when: held).urgent,
                undo: .by(move: .uninstall(publisher, by: .new, when: held).urgent)),
            step(
                "start", publisher, .start(publisher, by: .new, until: [.republished]).urgent,
                undo: .by(move: .quietPublisher(by: .new))),
            PlatformStep(id: "release-addresses", move: release(publisher), undo: .nothing),
        ]
    }

    /// Releases the addresses that the running publisher does not write any more.
    private func release(_ publisher: [PlatformUnit]) -> PlatformMove {
        .acting(
            .releaseAddresses, when: [.running(publisher), .republished], until: [.published],
            within: .seconds(120))
    }

    /// The time that addresses must still last when the publisher is renewed.
    private static let renewalTime = Duration.seconds(300)

    private func router(_ router: PlatformUnit) -> [PlatformStep] {
        let own = [router]
        let others: [PlatformProof] = [.othersServe(router)]
        return [
            step(
                "stop", own,
                .stop(own, by: .old, when: [.machinesPresent, .serves(router), .published] + others),
                undo: .by(move: .revert(own, to: old, until: [.serves(router)]))),
            step(
                "uninstall", own, .uninstall(own, by: .old), undo: .by(move: .install(own, by: .old))),
            step("install", own, .install(own, by: .new), undo: .by(move: .uninstall(own, by: .new))),
            step(
                "start", own, .start(own, by: .new, until: [.serves(router)]),
                undo: .by(move: .stop(own, by: .new, when: others))),
        ]
    }

    private var installRest: PlatformStep {
        PlatformStep(
            id: "install", move: .install(rest, by: .new, when: [.version(new)] + serving),
            undo: .by(move: .uninstall(rest, by: .new)))
    }
}
