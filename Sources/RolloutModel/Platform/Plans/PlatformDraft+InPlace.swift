extension PlatformDraft {
    /// Everything is stopped, in an order in which no component is stopped under another one. Everything is
    /// then renewed and started.
    var inPlace: [PlatformStep] {
        stops + [uninstall, setVersion(when: [.nothingInstalled])] + proxyProtocol + [install]
            + starts(groups(PlatformComponent.startOrder))
    }

    private var stops: [PlatformStep] {
        groups(PlatformComponent.stopOrder).map { group in
            step(
                "stop", group, .stop(group, by: .old, when: [.machinesPresent]),
                undo: .by(move: .start(group, by: .old)))
        }
    }

    private var uninstall: PlatformStep {
        PlatformStep(
            id: "uninstall", move: .uninstall(units, by: .old), undo: .by(move: .install(units, by: .old)))
    }

    private var install: PlatformStep {
        PlatformStep(
            id: "install",
            move: .install(units, by: .new, when: [.version(new), .machinesPresent]),
            undo: .by(move: .uninstall(units, by: .new)))
    }

    private var proxyProtocol: [PlatformStep] {
        guard let isOn = wish.proxyProtocol else { return [] }
        let before = baseline.proxyProtocol
        return [
            PlatformStep(
                id: "set-proxy-protocol",
                move: .acting(.setProxyProtocol(isOn), until: [.proxyProtocol(isOn)], within: .seconds(60)),
                undo: .by(
                    move: .acting(
                        .setProxyProtocol(before), until: [.proxyProtocol(before)], within: .seconds(60))))
        ]
    }
}
