import Foundation
import RolloutModel
import SSH
import Settings

/// A look at the operator's machine itself.
struct LocalLook {
    let configuration: Configuration
    let environment: ConfigurationEnvironment

    init(_ configuration: Configuration, environment: ConfigurationEnvironment) {
        self.configuration = configuration
        self.environment = environment
    }

    var journal: [Checkup.Finding] {
        JournalPlaceCheck(path: configuration.journal, .read(configuration.journal)).findings
    }

    var window: Checkup.Finding {
        get async {
            let gates = configuration.gates
            return WindowCheck(
                settings: await configuration.gateSettings.windows, now: gates.localTime(),
                zone: gates.timeZone ?? TimeZone.current.identifier
            ).finding
        }
    }

    var proxies: Checkup.Finding {
        let variables = environment.variables
        let set = Self.proxyNames.compactMap { name in
            variables[name].flatMap { value in
                value.isEmpty ? nil : ProxyCheck.Variable(name, Self.shown(value))
            }
        }
        let programs = [
            configuration.gates.kubernetes == nil ? nil : "kubectl",
            configuration.gates.pages.isEmpty ? nil : "curl, which asks the pages of gates.http,",
            configuration.notify == nil ? nil : "curl, which tells the addresses of notify.webhooks,",
        ].compactMap(\.self)
        return ProxyCheck(
            proxies: set, exceptions: variables["no_proxy"] ?? variables["NO_PROXY"], programs: programs
        ).finding
    }

    private static let proxyNames = [
        "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
    ]

    private static let proxySchemes = [
        "http://", "https://", "socks4://", "socks4a://", "socks5://", "socks5h://",
    ]

    /// Without a name and a password.
    private static func shown(_ value: String) -> String {
        guard let at = value.lastIndex(of: "@") else { return ForeignText.line(value, charactersMax: 100) }
        let scheme = proxySchemes.first { value.lowercased().hasPrefix($0) } ?? ""
        return ForeignText.line(scheme + value[value.index(after: at)...], charactersMax: 100)
    }

    // MARK: Settings that lead to a file or a program

    var settings: [Checkup.Finding] {
        let named = programs + files
        let flaws = named.compactMap { $0.flaw(in: environment) }
        guard flaws.isEmpty else { return flaws }
        return [.ok(.settings, .here, named.map(\.name).joined(separator: ", "))]
    }

    private var programs: [NamedFile] {
        let hooks = configuration.hooks.commands.sorted { $0.key.rawValue < $1.key.rawValue }
        return [NamedFile(key: nil, name: "ssh", kind: .program)]
            + (configuration.gates.pages.isEmpty
                ? [] : [NamedFile(key: "gates.http", name: "curl", kind: .program)])
            + (configuration.notify == nil || !configuration.gates.pages.isEmpty
                ? [] : [NamedFile(key: "notify.webhooks", name: "curl", kind: .program)])
            + hooks.compactMap { hook, command in
                guard command.place == .operatorsMachine, let program = command.words.first else {
                    return nil
                }
                return NamedFile(key: "hooks.\(hook.rawValue)", name: program, kind: .program)
            }
    }

    private var files: [NamedFile] {
        [
            configuration.agentSigners.map { NamedFile(key: "agent.signers", name: $0, kind: .file) },
            configuration.gates.kubernetes?.kubeconfig.map {
                NamedFile(key: "gates.kubernetes.kubeconfig", name: $0, kind: .file)
            },
        ].compactMap(\.self)
    }
}

/// A file or a program of this machine that a setting names.
struct NamedFile: Hashable, Sendable {
    /// nil for what is always needed.
    var key: String?
    var name: String
    var kind: Kind

    enum Kind: Hashable, Sendable {
        case file
        /// A name without a slash is looked up in PATH.
        case program
    }

    /// nil if it can be used.
    func flaw(in environment: ConfigurationEnvironment) -> Checkup.Finding? {
        switch kind {
        case .file:
            FileManager.default.isReadableFile(atPath: name)
                ? nil : flaw("cannot be read", "name a file that can be read")
        case .program:
            isExecutable(environment)
                ? nil : flaw("cannot be run", "put it there, executable, or name another")
        }
    }

    private func isExecutable(_ environment: ConfigurationEnvironment) -> Bool {
        guard !name.contains("/") else { return FileManager.default.isExecutableFile(atPath: name) }
        let folders = (environment.variables["PATH"] ?? "").split(separator: ":")
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }

    private func flaw(_ what: String, _ remedy: String) -> Checkup.Finding {
        let fix: Remedy = key.map { ["\(remedy): \(set: $0)"] } ?? ["install it here"]
        return .fault(.settings, .here, "'\(name)'\(key.map { " of \($0)" } ?? "") \(what)", fix: fix)
    }
}
