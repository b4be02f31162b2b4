import HostFiles
import RolloutModel
import Rollouts

/// The files at the agent's place on a host, read as the login user and without running the agent.
struct AgentPlace: Hashable, Sendable {
    var unit: SystemdUnitState?
    var program: Program?
    /// Why somebody else than root may have written the agent; nil if only root could.
    var exposed: String?
    /// The place that this is about.
    var exposedPlace: ExposedPlace?

    struct Program: Hashable, Sendable {
        /// `uname -m`.
        var machine: String
        /// SHA-256.
        var digest: String
    }

    static let question: HostCommand.StaticText = """
        systemctl show -p LoadState -p ActiveState -p UnitFileState turnstile-agent.service
        printf '\\nmachine %s\\n' "$(uname -m)"
        printf 'digest %s\\n' "$(sha256sum </opt/bin/turnstile-agent 2>/dev/null)"
        stat -c 'place %n %u %A' / /opt /opt/bin /opt/bin/turnstile-agent 2>/dev/null
        exit 0
        """

    init(_ output: String) {
        // An empty line ends systemd's output.
        unit = try? SystemdUnitState(output.linesOfBytes.prefix { !$0.isEmpty }.joined(separator: "\n"))
        var machine: String?
        var digest: String?
        for line in output.linesOfBytes {
            let words = line.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("machine", 2): machine = words[1]
            case ("digest", 2...) where words[1].utf8.count == 64 && words[1].utf8.allSatisfy(\.isHexDigit):
                digest = words[1]
            case ("place", 4):
                guard exposed == nil else { break }
                exposed = Self.objection(to: words[1], owner: words[2], mode: words[3])
                let isLink = words[3].hasPrefix("l")
                exposedPlace = exposed.map { _ in
                    ExposedPlace([words[1]] + (isLink ? ["link"] : [words[2], words[3]]))
                }
            default: break
            }
        }
        if let machine, let digest { program = Program(machine: machine, digest: digest) }
    }

    private static func objection(to path: String, owner: String, mode: String) -> String? {
        // As `-rwxr-xr-x`: whether the group and everybody may write.
        let letters = Array(mode)
        let isRoots =
            owner == "0" && letters.count >= 10 && letters[5] == "-" && letters[8] == "-" && letters[0] != "l"
        guard !isRoots else { return nil }
        let who =
            letters.first == "l"
            ? "is a symbolic link"
            : owner == "0" ? "may be written to by others than root (\(mode))" : "belongs to user \(owner)"
        return "'\(path)' \(who), so that root does not run the agent there"
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
    }
}

extension HostShell {
    func agentPlace(on host: HostID) async throws(HostFault) -> AgentPlace {
        AgentPlace(try await run(host, HostCommand(AgentPlace.question)).outputText)
    }
}
