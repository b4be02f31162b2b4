/// The texts of units that `install` takes: the first directory that has one wins, whichever version it is of.
struct UnitTemplates: Sendable {
    /// The directories in the order of the search.
    var directories: [String]
    /// True if the platform keeps its planes apart, and so adds a unit's decorator to its text.
    var isDecorated: @Sendable () throws(DeisctlError) -> Bool

    static func directories(home: String, deisctlUnits: String?) -> [String] {
        [deisctlUnits ?? "", home + "/.deis/units", "/var/lib/deis/units"].filter { !$0.isEmpty }
    }

    func text(of component: String) throws(DeisctlError) -> String {
        let isDecorated = try isDecorated()
        guard let text = first("deis-\(component).service") else {
            throw DeisctlError("Could not find unit template for \(component)")
        }
        // A missing decorator is no error.
        guard isDecorated, let decorator = first("decorators/deis-\(component).service.decorator") else {
            return text
        }
        return "\(text)\n\(decorator)"
    }

    private func first(_ name: String) -> String? {
        directories.lazy.compactMap { try? TextFile.text(of: "\($0)/\(name)") }.first
    }
}

/// The texts of units as a release of the platform has them. The texts name the release.
enum UnitTemplateText {
    static func text(of component: DeisComponent, tag: String) -> String {
        """
        [Unit]
        Description=\(component.unitPrefix)
        X-Practice-Release=\(tag)

        [Service]
        EnvironmentFile=/etc/environment
        TimeoutStartSec=20m
        ExecStart=/bin/sh -c "docker run --name \(component.unitPrefix) `/run/deis/bin/get_image /deis/\(component.rawValue)`"
        ExecStopPost=-/usr/bin/docker rm -f \(component.unitPrefix)
        Restart=on-failure
        RestartSec=5

        [Install]
        WantedBy=multi-user.target

        """ + section(of: component)
    }

    private static func section(of component: DeisComponent) -> String {
        if component.isGlobal { return "\n[X-Fleet]\nGlobal=true\n" }
        if component.isNumbered { return "\n[X-Fleet]\nConflicts=\(component.unitPrefix)@*.service\n" }
        return ""
    }

    /// nil: the release has none for it.
    static func decorator(of component: DeisComponent) -> String? {
        switch component {
        case .database, .controller, .builder, .logger, .registry:
            "[X-Fleet]\nMachineMetadata=\"controlPlane=true\"\n"
        case .publisher: "[X-Fleet]\nMachineMetadata=\"dataPlane=true\"\n"
        case .router: "[X-Fleet]\nMachineMetadata=\"routerMesh=true\"\n"
        case .storeDaemon, .storeMonitor, .storeMetadata, .storeGateway, .storeVolume, .storeAdmin, .logspout:
            nil
        }
    }
}
