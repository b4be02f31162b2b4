import Coordinator
import RolloutModel
import Rollouts
import Testing

/// The machines that a cluster knows besides the hosts that were named. A source that cannot be asked lists none, and is
/// not taken for one that does not run.
@Suite struct NeighbourReadingTests {
    static let hosts = [HostID("core-1"), HostID("core-2")]
    static let machines =
        "01d6eeef5996d7c4c6f929405221d47f\t10.0.0.1\t-\n9908cca515a6731e86acb768666384b0\t-\t-\n"

    /// By `systemctl is-active` on each of the hosts; nil for one that takes no command.
    static let fleets: [([String?], Observation<[String]>)] = [
        (["active", "active"], .seen(["9908cca515a6731e86acb768666384b0"])),
        (["inactive", "unknown"], .seen([])),
        // The first host runs none, which says nothing of the second.
        (["inactive", "active"], .seen(["9908cca515a6731e86acb768666384b0"])),
        ([nil, "active"], .seen(["9908cca515a6731e86acb768666384b0"])),
        (["inactive", nil], .unknown("through 'core-2': no route to host")),
        (
            ["failed", "inactive"],
            .unknown("through 'core-1': systemctl is-active fleet.service: failed ")
        ),
    ]

    @Test(arguments: fleets.indices) func fleetIsAskedWhereItRuns(index: Int) async {
        let (states, expected) = Self.fleets[index]
        let reading = reading { host, command in
            let state = states[Self.hosts.firstIndex(of: host) ?? 0]
            guard command.text.text.hasPrefix("systemctl is-active") else {
                return state == "active" ? Self.machines : nil
            }
            return state.map { $0 + "\n" }
        }
        let own: Set<MachineID> = [MachineID("01d6eeef5996d7c4c6f929405221d47f")]
        #expect(await reading.machines(seenBy: Self.hosts, besides: own) == expected)
    }

    /// The stand-in for etcd on each of the hosts.
    enum Etcd { case absent, silent, member }

    static let etcds: [([Etcd?], [String]?)] = [
        ([.absent, .absent], []), ([.absent, .member], ["m2"]), ([.member, .absent], ["m2"]),
        ([.absent, .silent], nil), ([nil, .absent], nil), ([nil, .member], ["m2"]),
    ]

    @Test(arguments: etcds.indices) func etcdIsAskedWhereItRuns(index: Int) async {
        let (states, expected) = Self.etcds[index]
        let curl = HostReadingTests.curl(
            HostReadingTests.all(
                HostReadingTests.member("a1", at: HostReadingTests.own),
                [HostReadingTests.own + "/v2/members": (200, Self.members)])
        )
        let reading = reading { host, command in
            switch states[Self.hosts.firstIndex(of: host) ?? 0] {
            case nil: return nil
            case .member?: return curl.output(of: command)
            case .silent?, .absent?:
                guard !command.text.text.contains("curl") else {
                    return HostReadingTests.curl([:]).output(of: command)
                }
                return states[Self.hosts.firstIndex(of: host) ?? 0] == .silent
                    ? "enabled\nfailed\n" : "disabled\ninactive\n"
            }
        }
        switch await reading.members(besides: Self.hosts) {
        case .seen(let names): #expect(names == expected)
        case .unknown(let why): #expect(expected == nil && why.contains("through 'core-"), "\(why)")
        }
    }

    static let members = """
        {"members":[{"id":"a1","name":"m1","peerURLs":["http://10.0.0.1:2380"],"clientURLs":[]},\
        {"id":"b2","name":"m2","peerURLs":["http://10.0.0.2:2380"],"clientURLs":[]}]}
        """

    private func reading(
        _ answer: @escaping @Sendable (HostID, HostCommand) -> String?
    ) -> NeighbourReading {
        let shell = HostShell(
            run: { host, command throws(HostFault) in
                guard let output = answer(host, command) else {
                    throw HostFault(host: host, kind: .unreachable, why: "no route to host")
                }
                return HostCommandResult(output: Array(output.utf8), exitStatus: 0)
            },
            converse: { host, _, _ throws(HostFault) in
                throw HostFault(host: host, kind: .unreachable, why: "nobody converses here")
            }, disconnect: { _ in })
        return NeighbourReading(shell: shell, etcd: .usual)
    }
}

extension ScriptedShell {
    /// nil where it does not answer.
    fileprivate func output(of command: HostCommand) -> String? { answers(command)?.outputText }
}
