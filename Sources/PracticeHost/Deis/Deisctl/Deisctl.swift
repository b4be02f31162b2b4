/// `deisctl` of 1.8 to 1.13, with the manners of the version that it is (facts 9.3): most that goes wrong is printed, and
/// the exit code is 0.
struct Deisctl {
    let console: DeisctlConsole
    let manner: DeisctlManner
    let fleet: DeisctlFleet
    let keys: DeisctlKeys
    let templates: UnitTemplates
    /// The TTL that takeover gives to the keys of applications.
    var takeoverKeyTTL = Duration.seconds(1800)
    /// How many files `refresh-units` gets; nil: all of them.
    var filesUntilCut: Int?
    var home = "/root"
    /// True if there is an agent for SSH.
    var hasAgent = false

    static let noAgent =
        "SSH_AUTH_SOCK environment variable is not set. Verify ssh-agent is running. See "
        + "https://github.com/coreos/fleet/blob/master/Documentation/using-the-client.md for help."
    private static let usage = "Usage: deisctl <command> [<args>...] [options]\n"
    private static let noTunnel = "ssh: handshake failed: practice hosts have no tunnel"

    /// - Returns: the exit code.
    /// - Throws: `DeisctlEnding.waitsForEver` alone.
    func exitCode(_ words: [String]) throws(DeisctlEnding) -> Int32 {
        do throws(DeisctlEnding) {
            guard let arguments = try? DeisctlArguments(words) else { throw noSuchCommand() }
            try run(arguments)
            return 0
        } catch {
            switch error {
            case .exit(let code): return code
            case .failed(let error):
                console.out("Error: \(error)\n")
                return 1
            case .waitsForEver: throw error
            }
        }
    }

    private func noSuchCommand() -> DeisctlEnding {
        console.out("Found no matching command, try \"deisctl help\"\n" + Self.usage)
        return .exit(1)
    }

    private func run(_ arguments: DeisctlArguments) throws(DeisctlEnding) {
        if arguments.asksForVersion { return console.out("\(manner.version)\n") }
        guard let command = arguments.words.first else { throw noSuchCommand() }
        if arguments.asksForHelp || command == "help" { return console.out(Self.usage) }
        let targets = Array(arguments.words.dropFirst())
        if command == "refresh-units" { return try refreshUnits(arguments) }
        guard arguments.tunnel == nil else {
            throw .failed(
                DeisctlError("failed initializing SSH client: \(hasAgent ? Self.noTunnel : Self.noAgent)"))
        }
        switch command {
        case "list":
            console.out(
                try told { () throws(DeisctlError) in
                    DeisctlListing.units(try fleet.states(), (try? fleet.machines()) ?? [])
                })
        case "machines":
            console.out(try told { () throws(DeisctlError) in DeisctlListing.machines(try fleet.machines()) })
        case "config": try config(targets)
        case "status", "journal": try status(targets, isJournal: command == "journal")
        case "scale": try scale(targets)
        case "restart":
            try change("stop", targets, arguments)
            try change("start", targets, arguments)
        case "install", "start", "stop", "uninstall": try change(command, targets, arguments)
        case "upgrade-prep" where manner.hasGracefulUpgrade: try upgradePrep(arguments)
        case "upgrade-takeover" where manner.hasGracefulUpgrade: try upgradeTakeover(arguments)
        case "rolling-restart" where manner.hasGracefulUpgrade && targets.count == 1:
            var acts = acts()
            try acts.rollingRestart(targets[0])
        default: throw noSuchCommand()
        }
    }

    /// Does an act that may fail, and ends with the error's words if it does.
    func told<Value>(_ body: () throws(DeisctlError) -> Value) throws(DeisctlEnding) -> Value {
        do throws(DeisctlError) {
            return try body()
        } catch {
            throw .failed(error)
        }
    }

    func acts() -> UnitActs {
        UnitActs(fleet: fleet, templates: templates, printer: DeisctlPrinter(console, manner))
    }

    // MARK: Commands that change no unit

    private func refreshUnits(_ arguments: DeisctlArguments) throws(DeisctlEnding) {
        let directory = (arguments.unitsDirectory ?? "\(home)/.deis/units")
            .replacing("$HOME", with: home)
        let refresh = RefreshUnits(console: console, manner: manner, filesUntilCut: filesUntilCut)
        try told { () throws(DeisctlError) in
            try refresh.run(directory: directory, tag: arguments.tag ?? manner.version.tag)
        }
    }

    private func config(_ words: [String]) throws(DeisctlEnding) {
        guard words.count >= 2, let action = ConfigCommand.Action(rawValue: words[1]),
            words.count > 2 || action != .set
        else { throw noSuchCommand() }
        let command = ConfigCommand(console: console, manner: manner, keys: keys)
        try told { () throws(DeisctlError) in try command.run(words[0], action, Array(words.dropFirst(2))) }
    }

    /// Prints an error for each unit: only SSH could tell its status, even on its own host.
    private func status(_ targets: [String], isJournal: Bool) throws(DeisctlEnding) {
        for target in targets {
            let units = try told { () throws(DeisctlError) in try acts().search().find(target) }
            for unit in units {
                let isGlobal = try told { () throws(DeisctlError) in try fleet.isGlobal(unit) ?? false }
                if isGlobal {
                    console.err(
                        "Unable to get status for global unit \(unit). Check the status on the host using systemctl.\n"
                    )
                } else {
                    console.err("Error running remote command: \(hasAgent ? Self.noTunnel : Self.noAgent)\n")
                }
                if !isJournal { console.out("\n") }
            }
        }
    }

    // MARK: Commands on units

    private func scale(_ targets: [String]) throws(DeisctlEnding) {
        var acts = acts()
        for target in targets {
            let parts = target.split(separator: "=").map(String.init)
            guard parts.count == 2, let count = Int(parts[1]), count >= 0 else {
                throw .failed(DeisctlError("Could not parse: \(target)"))
            }
            guard ["router", "registry", "store-gateway"].contains(where: parts[0].contains) else {
                throw .failed(DeisctlError("cannot scale \(parts[0]) component"))
            }
            try acts.scale(parts[0], to: count)
        }
    }

    private func change(
        _ command: String, _ targets: [String], _ arguments: DeisctlArguments
    ) throws(DeisctlEnding) {
        if command == "install", let size = arguments.badRouterMeshSize { return try refuse(size) }
        if targets == ["platform"] { return try platform(command, stateless: false, arguments) }
        if targets == ["stateless-platform"], manner.hasStatelessPlatform {
            return try platform(command, stateless: true, arguments)
        }
        var acts = acts()
        switch command {
        case "install": try acts.create(targets)
        case "start": try acts.start(targets)
        case "stop": try acts.stop(targets)
        default: try acts.destroy(targets)
        }
    }

    /// A text that is no number ends with exit code 1, a number that is too small with 0.
    private func refuse(_ routerMeshSize: String) throws(DeisctlEnding) {
        console.out(
            "Error: argument --router-mesh-size: invalid value, make sure the value is an integer between 1 and 255.\n"
        )
        guard Int(routerMeshSize) != 0 else { return }
        let why = Int(routerMeshSize).map { $0 > 0 } == true ? "value out of range" : "invalid syntax"
        throw .failed(DeisctlError("strconv.ParseUint: parsing \"\(routerMeshSize)\": \(why)"))
    }

    func perform(_ steps: [PlatformStep], _ acts: inout UnitActs) throws(DeisctlEnding) {
        for step in steps {
            switch step {
            case .heading(let text): try acts.printer.heading(text)
            case .create(let targets): try acts.create(targets)
            case .start(let targets): try acts.start(targets)
            case .stop(let targets): try acts.stop(targets)
            case .destroy(let targets): try acts.destroy(targets)
            case .launch(let targets): acts.launch(targets)
            }
        }
    }
}
