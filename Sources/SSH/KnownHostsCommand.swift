/// A program that names host keys, besides the files of known hosts (`KnownHostsCommand` of ssh_config).
///
/// The program is run for each connection as often as ssh does: before the key exchange, for the types of the keys that
/// the host is known by (`ORDER`); with the host's key, for the first name that known_hosts is searched for
/// (`HOSTNAME`); and for the host's address, where `CheckHostIP` is set (`ADDRESS`). No answer is kept, since the
/// program may revoke a key at any time. A program that fails ends the connection.
public struct KnownHostsCommand: Sendable {
    /// The place that messages give to the program's lines.
    static let source = "KnownHostsCommand"

    public var program: KnownHostsProgram
    /// Runs a program with arguments until a deadline, and returns its standard output.
    public var run: @Sendable (_ command: [String], _ deadline: Duration) async -> Result<String, Failure>

    public struct Failure: Error, Hashable, Sendable {
        /// The end of a sentence about the program.
        public var why: String

        public init(why: String) { self.why = why }
    }

    public init(
        _ program: KnownHostsProgram,
        run: @escaping @Sendable (_ command: [String], _ deadline: Duration) async -> Result<String, Failure>
    ) {
        self.program = program
        self.run = run
    }
}

extension Session {
    /// The known hosts with the command's lines for a lookup.
    func consult(
        _ command: KnownHostsCommand, besides knownHosts: KnownHosts, _ lookup: HostKeyLookup
    ) async throws(SSHError) -> KnownHosts {
        let patience = Patience(.lookUpHostKey, for: timeouts.handshake, until: timeouts.deadline)
        let outcome = await command.run(command.program.command(for: lookup), patience.allowed)
        guard !Task.isCancelled else { throw failure(.lookUpHostKey, .cancelled) }
        switch outcome {
        case .success(let text): return knownHosts.adding(text, from: KnownHostsCommand.source)
        case .failure(let fault):
            throw failure(
                .lookUpHostKey, .knownHostsCommandFailed(program: command.program.path, why: fault.why))
        }
    }

    /// The known hosts with the command's lines about the types of keys that the host is known by.
    func consultOrder(
        _ command: KnownHostsCommand?, besides knownHosts: KnownHosts
    ) async throws(SSHError) -> KnownHosts {
        guard let command else { return knownHosts }
        // ssh gives the name here without port or alias.
        let lookup = HostKeyLookup(purpose: .order, name: KnownHosts.lowercased(target.name))
        return try await consult(command, besides: knownHosts, lookup)
    }

    /// The known hosts with the command's lines about the host's key.
    func consult(
        _ command: KnownHostsCommand?, besides knownHosts: KnownHosts, about key: HostKey, _ address: String?
    ) async throws(SSHError) -> KnownHosts {
        guard let command else { return knownHosts }
        let names = KnownHosts.lookupNames(for: target)
        let known = try await consult(
            command, besides: knownHosts, HostKeyLookup(purpose: .hostname, name: names[0], key: key))
        guard let address else { return known }
        let name = KnownHosts.lookupNames(for: target, address: address)[0]
        guard !names.contains(name) else { return known }
        return try await consult(
            command, besides: known, HostKeyLookup(purpose: .address, name: name, key: key))
    }
}
