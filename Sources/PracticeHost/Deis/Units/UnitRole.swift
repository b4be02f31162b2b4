/// The part that a unit plays, by its name and text.
struct UnitRole: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case component(DeisComponent)
        case application(AppContainer, image: String)
        /// Somebody's own unit, which does nothing here.
        case other
    }

    let unit: String
    let kind: Kind

    init(unit: String, file: FleetUnitFile) {
        self.unit = unit
        if let component = DeisComponent(unit: unit) {
            kind = .component(component)
        } else if let container = AppContainer(unit: unit) {
            kind = .application(container, image: AppUnitText.image(in: file.text) ?? "deis/example-go")
        } else {
            kind = .other
        }
    }

    /// The name that faults use: a component, an application, or the unit.
    var name: String {
        switch kind {
        case .component(let component): component.rawValue
        case .application(let container, _): container.application
        case .other: unit
        }
    }

    /// The name of its container.
    var container: String {
        switch kind {
        case .component(let component): component.unitPrefix
        case .application(let container, _): container.name
        case .other: unit
        }
    }

    var times: UnitTimes {
        if case .component(let component) = kind { return UnitTimes(component) }
        return UnitTimes(nil)
    }

    func isOne(of names: Set<String>) -> Bool { names.contains(name) || names.contains(unit) }

    func image(_ world: HostWorld) -> String {
        switch kind {
        case .component(let component): world.image(of: component)
        case .application(_, let image): image
        case .other: "busybox"
        }
    }

    func service(_ world: HostWorld, image: String) throws -> any UnitService {
        switch kind {
        case .component(let component): try service(of: component, world, image: image)
        case .application(let container, _): try Application(container, world)
        case .other: IdleService()
        }
    }

    private func service(
        of component: DeisComponent, _ world: HostWorld, image: String
    ) throws -> any UnitService {
        let host = world.address
        switch component {
        case .router: return Router(world: world, unit: unit)
        case .publisher: return Publisher(world: world)
        case .controller: return Controller(world: world, image: image)
        case .database: return Database(world: world)
        case .registry: return Registry(world: world)
        case .builder: return Builder(world: world)
        case .storeMonitor: return StoreMonitor(world: world)
        case .storeGateway: return StoreGateway(world: world)
        case .storeVolume: return StoreVolume(world: world)
        case .storeDaemon:
            return AnnouncingService(
                world: world, announcement: .init(keys: ["/deis/store/osds/\(host)": "0"]))
        case .logger:
            let keys = ["/deis/logs/host": host, "/deis/logs/port": "514"]
            return AnnouncingService(world: world, announcement: .init(keys: keys), port: 514)
        case .logspout, .storeMetadata, .storeAdmin: return IdleService()
        }
    }
}
