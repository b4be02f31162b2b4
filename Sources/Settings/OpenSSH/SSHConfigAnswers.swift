import RolloutModel
import SSH

/// The answers of `ssh -G`, each asked for once. Hosts that the configuration cannot tell apart share an answer: every
/// question is a process, and a thousand of them cost more than an audit.
package actor SSHConfigAnswers {
    private let lookup: SSHConfigLookup
    private let processes = Slots(count: 8)
    /// By the configuration that an inventory's options name; under nil that of all other hosts.
    private var scopes: [String?: SSHConfigScope] = [:]
    private var answers: [Subject: Answer] = [:]
    /// ssh's default algorithms, which are read once.
    private var usual: Task<SSHAlgorithms, Never>?

    private enum Subject: Hashable {
        case login(SSHJump, SSHOptions?)
        case jump(SSHJump, SSHOptions?)
        case kind(SSHConfigScope.Class, SSHOptions?)

        var isJump: Bool { if case .jump = self { true } else { false } }
    }

    private enum Answer {
        /// The others that wait for the answer.
        case asked([CheckedContinuation<Void, Never>])
        case known(Result<SSHConfigAnswer, SSHConfigError>, about: String)
    }

    /// - Parameter scope: that of the files which the lookup has ssh read; nil to read them when first needed.
    package init(_ lookup: SSHConfigLookup, scope: SSHConfigScope? = nil) {
        self.lookup = lookup
        if let scope { scopes.updateValue(scope, forKey: nil) }
    }

    package func destination(of host: Configuration.HostAddress) async throws(SSHConfigError)
        -> SSHDestination
    {
        switch host.unread {
        case .vaulted(let variable): throw .vaulted(host: host.name, variable: variable)
        case .template(let variable, let value):
            throw .templated(host: host.name, variable: variable, value: value)
        case nil: break
        }
        let login = SSHJump(
            host: host.sshName ?? host.name, user: host.user ?? lookup.settings.user,
            port: host.port ?? lookup.settings.port)
        let answer = try await answer(for: login, host.sshOptions).get()
        let tokens = SSHTokens(host, lookup.settings, answer, lookup.environment)
        return try SSHDestination(
            host, settings: lookup.settings, answer: answer, environment: lookup.environment,
            usual: answer.algorithms == .init() ? .init() : await usualAlgorithms(),
            through: try await jump(
                answer.jumps(of: host.name, tokens), host.sshOptions?.ofTheWay, to: [login.host]))
    }

    /// The last of some hosts that follow each other, reached through those before it. As in ssh, the first of them is
    /// reached as its own configuration says, and what is given here counts before that of the others.
    ///
    /// - Parameters:
    ///   - options: the host's own, as far as ssh hands them on.
    ///   - way: the names of the hosts behind, the nearest last.
    private func jump(
        _ jumps: [SSHJump], _ options: SSHOptions?, to way: [String]
    ) async throws(SSHConfigError) -> SSHDestination? {
        guard let last = jumps.last else { return nil }
        let name = last.description
        guard !way.contains(name) else { throw .jumpLoop(host: way[0], through: way.dropFirst() + [name]) }
        guard way.count <= Self.jumpsMax else { throw .jumpsTooMany(host: way[0], max: Self.jumpsMax) }
        let answer = try await answer(.jump(last, options), last, options).result.get()
        var settings = lookup.settings
        (settings.user, settings.port) = (nil, nil)
        let host = Configuration.HostAddress(id: HostID(last.host))
        let before =
            jumps.count > 1
            ? Array(jumps.dropLast())
            : try answer.jumps(of: last.host, SSHTokens(host, settings, answer, lookup.environment))
        var destination = try SSHDestination(
            host, settings: settings, answer: answer, environment: lookup.environment,
            usual: answer.algorithms == .init() ? .init() : await usualAlgorithms(),
            through: try await jump(before, options, to: way + [name]))
        // Files that turnstile's own configuration names are of use here, too, and so are those of the host's own.
        try destination.addFiles(of: answer, lookup.environment)
        return destination
    }

    /// A way that names new hosts without end (`ProxyJump a.%h`) is given up after so many.
    private static let jumpsMax = 32

    private func usualAlgorithms() async -> SSHAlgorithms {
        if let usual { return await usual.value }
        let task = Task { [lookup] in await lookup.usualAlgorithms() }
        usual = task
        return await task.value
    }

    private func answer(
        for login: SSHJump, _ options: SSHOptions?
    ) async -> Result<SSHConfigAnswer, SSHConfigError> {
        let scope = scope(for: options)
        // User and port tell hosts apart in what is not followed here alone.
        let login = scope.isOpaque ? login : SSHJump(host: login.host)
        guard let kind = scope.kind(of: login.host) else {
            return await answer(.login(login, options), login, options).result
        }
        let shared = await answer(.kind(kind, options), login, options)
        if shared.about == login.host { return shared.result }
        if let own = try? scope.answer(shared.result.get(), about: shared.about, for: login.host) {
            return .success(own)
        }
        return await answer(.login(login, options), login, options).result
    }

    private func answer(
        _ subject: Subject, _ login: SSHJump, _ options: SSHOptions?
    ) async -> (result: Result<SSHConfigAnswer, SSHConfigError>, about: String) {
        while true {
            switch answers[subject] {
            case .known(let result, let about): return (result, about)
            case .asked(let waiting):
                await withCheckedContinuation { answers[subject] = .asked(waiting + [$0]) }
            case nil:
                answers[subject] = .asked([])
                await processes.enter()
                let result = await lookup.result(
                    for: login, options, hangsOnUser: scope(for: options).isOpaque, isJump: subject.isJump)
                await processes.leave()
                if case .asked(let waiting) = answers[subject] { waiting.forEach { $0.resume() } }
                answers[subject] = .known(result, about: login.host)
            }
        }
    }

    private func scope(for options: SSHOptions?) -> SSHConfigScope {
        let file = options?.configFile
        let scope = scopes[file] ?? lookup.scope(options)
        scopes.updateValue(scope, forKey: file)
        return options.map(scope.behind) ?? scope
    }
}
