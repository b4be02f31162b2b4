import Subprocess

/// The programs of CoreOS that a practice host lacks, in one multi-call program: the name it is called by, or else its
/// first argument, says which stand-in it is.
public enum Program: String, CaseIterable, Sendable {
    case updateEngine = "update_engine"
    case updateEngineClient = "update_engine_client"
    case setGoodRoot = "coreos-setgoodroot"
    case flatcarSetGoodRoot = "flatcar-setgoodroot"
    /// Runs from the new image on CoreOS, as `/postinst DEVICE`.
    case postinst = "coreos-postinst"
    case cgpt
    case rootdev
    case fleetd
    case fleetctl
    case deisctl
    case consul
    /// Plays fleet's units; the unit deis-units.service runs it on hosts of Deis'.
    case deisUnits = "deis-units"
    case docker
    case cloudInit = "coreos-cloudinit"
    case locksmithd
    case locksmithctl
    /// GRUB's choice; called by the boot loop outside the host.
    case gptprio
    /// Asked by the unit of etcd before it starts that.
    case etcdData = "etcd-data"

    /// Runs the stand-in if it is one that needs no tasks; nil: it is one that does, or none at all.
    ///
    /// fleetd has to run like this, as it waits for signals, which needs a process of one thread.
    public static func runWithoutTasks(_ commandLine: [String]) -> Int32? {
        guard let (program, arguments) = called(by: commandLine) else { return nil }
        return program.reportingErrors { () throws -> Int32? in
            switch program {
            case .rootdev: try Rootdev.run(arguments)
            case .fleetd: try FleetDaemon().run()
            case .fleetctl: Fleetctl().run(arguments)
            case .consul: try ConsulDaemon(arguments: arguments).run()
            case .deisctl: DeisctlProgram.run(arguments)
            case .deisUnits: try UnitHost.serve()
            case .docker: Docker().run(arguments)
            case .locksmithctl: Locksmithctl().run(arguments)
            case .updateEngine, .updateEngineClient, .setGoodRoot, .flatcarSetGoodRoot, .postinst, .cgpt,
                .cloudInit, .locksmithd, .gptprio, .etcdData:
                nil
            }
        }
    }

    /// Runs the stand-in and returns its exit code.
    ///
    /// - Parameter commandLine: all of it, the program's own name first.
    public static func run(_ commandLine: [String]) async -> Int32 {
        if let (program, arguments) = called(by: commandLine) { return await program.run(arguments) }
        let names = Program.allCases.map(\.rawValue).joined(separator: ", ")
        StandardError.write("practice-host: call it by one of these names, or name one first: \(names)\n")
        return 64
    }

    static func called(by commandLine: [String]) -> (program: Program, arguments: [String])? {
        for (index, word) in commandLine.prefix(2).enumerated() {
            let name = word.split(separator: "/").last.map(String.init) ?? word
            if let program = Program(rawValue: name) {
                return (program, Array(commandLine.dropFirst(index + 1)))
            }
        }
        return nil
    }

    private func run(_ arguments: [String]) async -> Int32 {
        do {
            switch self {
            case .updateEngine: return try await UpdateEngine.serve(in: Surroundings.inside())
            case .updateEngineClient:
                return await UpdateEngineClient(surroundings: try Surroundings.inside()).run(arguments)
            case .setGoodRoot, .flatcarSetGoodRoot:
                return try await SetGoodRoot(surroundings: Surroundings.inside()).run()
            case .postinst: return try await Postinst(surroundings: Surroundings.inside()).run(arguments)
            case .cgpt: return try await CgptFront().run(arguments)
            case .cloudInit: return try await CloudInit(surroundings: Surroundings.inside()).run(arguments)
            case .locksmithd: return try await Locksmithd(surroundings: Surroundings.inside()).run()
            case .rootdev, .fleetd, .fleetctl, .deisctl, .deisUnits, .docker, .consul, .locksmithctl:
                return Self.runWithoutTasks([rawValue] + arguments) ?? 1
            case .gptprio: return try await BootChoice.run(arguments)
            case .etcdData: return try await EtcdData.run(arguments)
            }
        } catch {
            StandardError.write("\(rawValue): \(error)\n")
            return 1
        }
    }

    private func reportingErrors(_ body: () throws -> Int32?) -> Int32? {
        do {
            return try body()
        } catch {
            StandardError.write("\(rawValue): \(error)\n")
            return 1
        }
    }
}
