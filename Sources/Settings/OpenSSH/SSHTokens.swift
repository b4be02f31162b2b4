import SSH

/// The values that ssh puts in place of `~`, `%d` and `${NAME}` in its configuration; `ssh -G` leaves these as they are.
struct SSHTokens {
    var host: String
    var address: String
    var port: UInt16
    var user: String
    var hostKeyAlias: String
    /// The value of `%C`; nil where ssh was not asked for it.
    var connectionDigest: String?
    /// The last host of ProxyJump; empty where there is none.
    var jumpHost = ""
    var environment: ConfigurationEnvironment

    func paths(_ texts: [String], key: String) throws(SSHConfigError) -> [String] {
        var paths: [String] = []
        for text in texts { paths.append(try path(text, key: key)) }
        return paths
    }

    func path(_ text: String, key: String) throws(SSHConfigError) -> String {
        try absolute(try expanded(text, key: key), written: text, key: key)
    }

    /// Paths in which ssh replaces `~` alone.
    func systemPaths(_ texts: [String], key: String) throws(SSHConfigError) -> [String] {
        var paths: [String] = []
        for text in texts { paths.append(try absolute(text, written: text, key: key)) }
        return paths
    }

    private func absolute(_ path: String, written text: String, key: String) throws(SSHConfigError) -> String
    {
        guard let account = Self.account(of: text) else {
            return environment.absolute(path, from: environment.workingDirectory)
        }
        guard let home = AccountHome.path(of: account) else {
            throw .malformed(
                host: host, key: key, found: text, expected: "a path, and after ~ an account of this machine")
        }
        return home + path.dropFirst(account.count + 1)
    }

    /// NAME of `~NAME/path`.
    private static func account(of path: String) -> String? {
        guard path.hasPrefix("~") else { return nil }
        let name = path.dropFirst().prefix { $0 != "/" }
        return name.isEmpty ? nil : String(name)
    }

    /// - Parameter text: the value of IdentityAgent; nil where the configuration has none.
    func agent(_ text: String?) throws(SSHConfigError) -> SSHDestination.Agent {
        switch text {
        case "none": return .none
        case nil, "SSH_AUTH_SOCK":
            guard let socket = environment.variables["SSH_AUTH_SOCK"], !socket.isEmpty else { return .none }
            return .socket(socket)
        case .some(let text) where text.hasPrefix("$") && !text.hasPrefix("${"):
            // To ssh, a variable that is not set means no agent.
            let socket = environment.variables[String(text.dropFirst())] ?? ""
            return socket.isEmpty ? .none : .socket(socket)
        case .some(let text): return .socket(try path(text, key: "IdentityAgent"))
        }
    }

    /// - Parameter text: the value of ProxyCommand.
    /// - Throws: `SSHConfigError.proxyCommandUnsafe` if a value to be filled in means more to a shell than itself:
    ///   whoever chose a host's name would run a command here. OpenSSH 9.6 and later refuse such names, too.
    func proxyCommand(_ text: String) throws(SSHConfigError) -> ProxyCommand {
        var result = ""
        for part in SSHTokenText(text, hasVariables: false).parts {
            switch part {
            case .text(let text): result += text
            case .token("%"): result += "%"
            case .token(let letter):
                guard let letter, !"Cj".contains(letter), let value = token(letter) else {
                    throw .malformed(
                        host: host, key: "ProxyCommand", found: text,
                        expected: "no other tokens than %% %d %h %k %n %p %r %u")
                }
                guard letter == "d" || HostSpecification.isName(value) else {
                    throw .proxyCommandUnsafe(host: host, value: value)
                }
                result += value
            case .variable: break
            }
        }
        let shell = environment.variables["SHELL"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return ProxyCommand(shell: shell ?? "/bin/sh", text: result)
    }

    /// - Parameter text: the value of KnownHostsCommand. No shell reads it: it is parted into words as ssh parts it, and
    ///   what is filled in stays within its word.
    func knownHostsProgram(_ text: String) throws(SSHConfigError) -> KnownHostsProgram {
        guard let words = SSHWords.words(text), let path = words.first, path.hasPrefix("/") else {
            throw .malformed(
                host: host, key: "KnownHostsCommand", found: text,
                expected: "the absolute path of a program, and its arguments")
        }
        var arguments: [[KnownHostsProgram.Piece]] = []
        for word in words.dropFirst() { arguments.append(try pieces(word)) }
        return KnownHostsProgram(path: path, arguments: arguments)
    }

    private func pieces(_ word: String) throws(SSHConfigError) -> [KnownHostsProgram.Piece] {
        var pieces: [KnownHostsProgram.Piece] = []
        for part in SSHTokenText(word).parts {
            switch part {
            case .text(let text): pieces.append(.text(text))
            case .variable(let name): pieces.append(.text(try variable(name, key: "KnownHostsCommand")))
            case .token(let letter):
                guard let piece = letter.flatMap(piece) else {
                    throw .malformed(
                        host: host, key: "KnownHostsCommand", found: word,
                        expected: "no other tokens than %% %C %d %f %H %h %I %i %j %K %k %L %l %n %p %r %t %u"
                    )
                }
                pieces.append(piece)
            }
        }
        return pieces
    }

    /// - Parameter text: the value of ProxyJump.
    /// - Returns: nil for other tokens than ssh has there, or a value to be filled in that is more than a name.
    func proxyJump(_ text: String) -> String? {
        var result = ""
        for part in SSHTokenText(text, hasVariables: false).parts {
            switch part {
            case .text(let text): result += text
            case .token(let letter):
                guard let letter, "%hnpr".contains(letter), let value = token(letter),
                    letter == "%" || HostSpecification.isName(value)
                else { return nil }
                result += value
            case .variable: break
            }
        }
        return result
    }

    private func piece(_ letter: Character) -> KnownHostsProgram.Piece? {
        switch letter {
        case "f": .fingerprint
        case "H": .name
        case "I": .purpose
        case "K": .key
        case "t": .keyType
        default: token(letter).map { .text($0) }
        }
    }

    private func expanded(_ text: String, key: String) throws(SSHConfigError) -> String {
        var result = ""
        for part in SSHTokenText(text).parts {
            switch part {
            case .text(let text): result += text
            case .variable(let name): result += try variable(name, key: key)
            // A token that is not known stays as it is.
            case .token(let letter): result += letter.map { token($0) ?? "%\($0)" } ?? "%"
            }
        }
        return result
    }

    private func token(_ letter: Character) -> String? {
        switch letter {
        case "%": "%"
        case "C": connectionDigest
        case "d": environment.home
        case "h": address
        case "i": String(environment.userID)
        case "j": jumpHost
        case "k": hostKeyAlias
        case "L": environment.machineName.prefix { $0 != "." }.description
        case "l": environment.machineName
        case "n": host
        case "p": String(port)
        case "r": user
        case "u": environment.userName
        default: nil
        }
    }

    private func variable(_ name: String, key: String) throws(SSHConfigError) -> String {
        guard let value = environment.variables[name] else {
            throw .variableUnset(host: host, key: key, variable: name)
        }
        return value
    }
}

extension SSHTokens {
    /// Turnstile's own configuration first; what it leaves open, from the ssh configuration.
    init(
        _ host: Configuration.HostAddress, _ settings: Configuration.SSHSettings, _ answer: SSHConfigAnswer,
        _ environment: ConfigurationEnvironment
    ) {
        let name = host.sshName ?? host.name
        self.init(
            host: name, address: (host.sshName == nil ? host.address : nil) ?? answer.hostname,
            port: host.port ?? settings.port ?? answer.port, user: host.user ?? settings.user ?? answer.user,
            hostKeyAlias: answer.hostKeyAlias ?? name, connectionDigest: answer.connectionDigest,
            jumpHost: answer.jumpHost, environment: environment)
    }
}
