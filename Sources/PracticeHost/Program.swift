import Subprocess

/// What a practice host lacks of CoreOS, in one multi-call program: the name it is called by, or else its first
/// argument, says which stand-in it is.
public enum Program: String, CaseIterable, Sendable {
    case updateEngine = "update_engine"
    case updateEngineClient = "update_engine_client"
    case setGoodRoot = "coreos-setgoodroot"
    /// Runs from the new image on CoreOS, as `/postinst DEVICE`.
    case postinst = "coreos-postinst"
    case cgpt
    case rootdev
    case fleetd
    case fleetctl
    /// GRUB's choice; called by the boot loop outside the host.
    case gptprio

    /// Runs the stand-in and returns its exit code.
    ///
    /// - Parameter commandLine: all of it, the program's own name first.
    public static func run(_ commandLine: [String]) async -> Int32 {
        let name = commandLine.first.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? ""
        if let program = Program(rawValue: name) { return await program.run(Array(commandLine.dropFirst())) }
        if let program = commandLine.dropFirst().first.flatMap(Program.init(rawValue:)) {
            return await program.run(Array(commandLine.dropFirst(2)))
        }
        let names = Program.allCases.map(\.rawValue).joined(separator: ", ")
        StandardError.write("practice-host: call it by one of these names, or name one first: \(names)\n")
        return 64
    }

    private func run(_ arguments: [String]) async -> Int32 {
        do {
            switch self {
            case .updateEngine: return try await UpdateEngine.serve(in: Surroundings.inside())
            case .updateEngineClient:
                return await UpdateEngineClient(surroundings: try Surroundings.inside()).run(arguments)
            case .setGoodRoot: return try await SetGoodRoot(surroundings: Surroundings.inside()).run()
            case .postinst: return try await Postinst(surroundings: Surroundings.inside()).run(arguments)
            case .cgpt: return try await CgptFront().run(arguments)
            case .rootdev: return try Rootdev.run(arguments)
            case .fleetd: return try FleetDaemon().run()
            case .fleetctl: return Fleetctl().run(arguments)
            case .gptprio: return try await BootChoice.run(arguments)
            }
        } catch {
            StandardError.write("\(rawValue): \(error)\n")
            return 1
        }
    }
}
