import RolloutModel

/// The effects of deisctl's commands, once they are heard.
extension SimulatedPlatform {
    /// Hears an act now. The act's effect comes in time.
    public mutating func hear(_ act: PlatformAct) {
        heard[act.description, default: 0] += 1
        apply(act)
    }

    /// The number of times that an act was heard.
    public func timesHeard(_ act: PlatformAct) -> Int { heard[act.description] ?? 0 }

    mutating func apply(_ act: PlatformAct) {
        switch act {
        case .deisctl(let side, let verb, let units): apply(verb, units, side)
        case .quietPublisher: apply(.stop, [PlatformUnit(.publisher)], .old)
        case .releaseAddresses: release()
        case .setVersion(let version): self.version = version
        case .setProxyProtocol(let isOn): proxyProtocol = isOn.map { $0 ? "1" : "0" }
        case .upgradePrep: prepare()
        case .upgradeTakeover: takeOver(.quietPublisher)
        case .renew(let units): renew(units)
        case .revert(let version, let units):
            self.version = version
            apply(.start, units, .old)
        case .backUp, .look: break
        }
    }

    mutating func apply(_ verb: DeisctlVerb, _ targets: [PlatformUnit], _ side: DeisctlSide) {
        for unit in targets {
            switch verb {
            case .stop: stopLater(unit)
            case .start: startLater(unit)
            case .uninstall:
                stopLater(unit)
                units[unit] = nil
            // deisctl ignores "Job already exists", and sets the goal all the same. The new goal stops a
            // unit that runs.
            case .install:
                if units[unit] == nil {
                    installations += 1
                    units[unit] = Unit(
                        goal: .loaded, template: template(of: side), running: [:], index: installations)
                } else {
                    stopLater(unit)
                }
            }
        }
    }

    private func template(of side: DeisctlSide) -> PlatformVersion {
        side == .new ? newVersion : oldVersion
    }

    private mutating func stopLater(_ unit: PlatformUnit) {
        guard units[unit] != nil else { return }
        units[unit]?.goal = .loaded
        agenda.append((now + (unit.component == .database ? .seconds(6) : .seconds(2)), .stopped(unit)))
    }

    private mutating func startLater(_ unit: PlatformUnit) {
        guard units[unit] != nil else { return }
        units[unit]?.goal = .launched
        agenda.append((now + (unit.component.role == .storage ? storeTime : .seconds(2)), .started(unit)))
    }

    private mutating func release() {
        for address in addresses.keys {
            addresses[address] = min(addresses[address] ?? now, now + ServiceKey.publishedTTL)
        }
    }

    /// Lets every address last so long from now on.
    public mutating func hold(_ span: Duration) {
        for address in addresses.keys { addresses[address] = now + span }
    }

    // MARK: The documented way

    private var rest: [PlatformUnit] {
        units.keys.filter { $0.component.role != .publishing && $0.component.role != .routing }.sorted()
    }

    /// Takes control plane and logging away at once, then the store part by part.
    private mutating func prepare() {
        let orders: [[PlatformComponent.Role]] = [[.control, .logging], [.storage]]
        for (index, roles) in orders.enumerated() {
            let group = rest.filter { roles.contains($0.component.role) }
            agenda.append((now + .seconds(index * 12), .act(.deisctl(.old, .stop, group))))
            agenda.append((now + .seconds(index * 12 + 8), .act(.deisctl(.old, .uninstall, group))))
        }
    }

    /// The parts of a takeover, in their order.
    enum TakeoverPart: Sendable {
        case quietPublisher, holdAddresses, routers, startPublisher
        /// Everything is installed again, the publisher included, which stops it.
        case installAll
        case startStore, startControl, startPublisherAgain
    }

    mutating func takeOver(_ part: TakeoverPart) {
        let publisher = [PlatformUnit(.publisher)]
        let routers = units.keys.filter { $0.component == .router }.sorted()
        switch part {
        case .quietPublisher:
            apply(.uninstall, publisher, .new)
            then(.holdAddresses, after: .seconds(3))
        case .holdAddresses:
            hold(ServiceKey.heldTTL)
            then(.routers, after: .seconds(1))
        case .routers:
            for (index, router) in routers.enumerated() {
                let at = now + .seconds(index * 12)
                agenda.append((at, .act(.deisctl(.new, .uninstall, [router]))))
                agenda.append((at + .seconds(4), .act(.deisctl(.new, .install, [router]))))
                agenda.append((at + .seconds(6), .act(.deisctl(.new, .start, [router]))))
            }
            then(.startPublisher, after: .seconds(routers.count * 12))
        case .startPublisher:
            apply(.install, publisher, .new)
            apply(.start, publisher, .new)
            then(.installAll, after: .seconds(12))
        case .installAll:
            apply(.install, Self.everything(but: .routing), .new)
            then(.startStore, after: .seconds(8))
        case .startStore:
            apply(.start, Self.everything(but: .routing).of(.storage), .new)
            then(.startControl, after: storeTime + .seconds(2))
        case .startControl:
            apply(.start, Self.everything(but: .routing).of(.logging), .new)
            apply(.start, Self.everything(but: .routing).of(.control), .new)
            then(.startPublisherAgain, after: .seconds(2))
        case .startPublisherAgain: apply(.start, publisher, .new)
        }
    }

    private mutating func then(_ part: TakeoverPart, after span: Duration) {
        agenda.append((now + span, .takeover(part)))
    }

    private static func everything(but role: PlatformComponent.Role) -> [PlatformUnit] {
        PlatformComponent.allCases.filter { $0.role != role && $0 != .storeAdmin }.map {
            PlatformUnit($0, $0.isNumbered ? 1 : nil)
        }
    }

    private mutating func renew(_ targets: [PlatformUnit]) {
        // The units of before have the index 0, and no other unit has.
        apply(.uninstall, targets.filter { units[$0]?.index == 0 }, .new)
        let idle = targets.filter { units[$0]?.goal != .launched }
        apply(.install, idle.filter { units[$0] == nil }, .new)
        apply(.start, idle, .new)
    }
}
