import HostFiles

/// `coreos-setgoodroot` or `flatcar-setgoodroot`: marks the booted partition as the one that works, and puts it first.
struct SetGoodRoot: Sendable {
    var surroundings: Surroundings

    func run() async throws -> Int32 {
        let settings = try surroundings.settings()
        let booted = try Rootdev.bootedPartition()
        switch settings.setGood {
        case .fail:
            StandardError.write("cgpt: error writing \(booted.disk): Input/output error\n")
            return 1
        case .hang: while true { try await Task.sleep(for: .seconds(60)) }
        case .none, .silent, .never: break
        }
        // Real children, one after the other, as the shell script of CoreOS has them: stopping the unit in between
        // kills what runs and what would have run.
        try await cgpt(["repair", booted.disk], settings)
        try await cgpt(["add", "-i", "\(booted.number)", "-S1", "-T0", booted.disk], settings)
        try await cgpt(["prioritize", booted.path], settings)
        return 0
    }

    private func cgpt(_ arguments: [String], _ settings: Settings) async throws {
        try await Task.sleep(for: settings.setGoodDelay)
        let output = try await Command("/usr/bin/cgpt", arguments).output()
        StandardOutput.write(output)
    }
}
