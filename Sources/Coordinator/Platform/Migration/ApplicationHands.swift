import RolloutModel

/// Carries out an application's acts at the new controller.
struct ApplicationHands {
    let controller: ControllerClient
    let certificates: CertificateSource

    func perform(
        _ act: MigrationAct, _ wish: ApplicationWish, _ sight: ApplicationSight
    ) async -> MigrationEvent.Answer {
        let path = "apps/\(wish.id)/"
        switch act {
        case .create: return await post("apps/", ["id": wish.id.text], act)
        case .configure:
            let sent = Configuration(wish, sight)
            return await post(path + "config/", sent, act).hiding(Array(sent.values.values))
        case .pull(let image): return await post(path + "builds/", Build(image, wish), act)
        case .scale(let counts): return await post(path + "scale/", counts, act)
        case .addDomain(let domain): return await post(path + "domains/", ["domain": domain.text], act)
        case .share(let user): return await post(path + "perms/", ["username": user.text], act)
        case .transfer(let user): return await post(path, ["owner": user.text], act)
        case .addCertificate(let name):
            let pair: CertificateSource.Pair
            do throws(MigrationHold) {
                pair = try await certificates.read(name)
            } catch {
                return .refused(status: 0, said: error.says)
            }
            return await post("certs/", Certificate(name, pair), act)
        }
    }

    private func post(
        _ path: String, _ body: some Encodable, _ act: MigrationAct
    ) async -> MigrationEvent.Answer {
        await controller.change(.post, path, body, patience: act.patience)
    }

    /// Only what differs: each of these is a secret that need not travel.
    private struct Configuration: Encodable {
        var values: [String: String]
        var memory: [String: String]
        var cpu: [String: String]
        var tags: [String: String]

        init(_ wish: ApplicationWish, _ sight: ApplicationSight) {
            let found = sight.picture?.settings
            let missing = found.map { wish.settings.missing(in: $0) } ?? wish.settings
            values = missing.values.values
            memory = missing.memory
            cpu = missing.cpu
            tags = missing.tags
        }
    }

    private struct Build: Encodable {
        var image: String
        /// Without it every process would be of the type `cmd`.
        var procfile: [String: String]?

        init(_ image: String, _ wish: ApplicationWish) {
            self.image = image
            let found = wish.build?.procfile ?? [:]
            procfile = found.isEmpty ? nil : found
        }
    }

    private struct Certificate: Encodable {
        var certificate: String
        var key: String
        var common_name: String

        init(_ name: DomainName, _ pair: CertificateSource.Pair) {
            certificate = pair.certificate
            key = pair.key
            common_name = name.text
        }
    }
}

extension MigrationEvent.Answer {
    /// The answer without the settings that the controller repeats: the record keeps a refusal's words.
    fileprivate func hiding(_ secrets: [String]) -> MigrationEvent.Answer {
        guard case .refused(let status, let said) = self else { return self }
        // A shorter text is a part of any sentence.
        let hidden = secrets.filter { $0.count > 3 }.sorted { $0.count > $1.count }
        return .refused(
            status: status, said: hidden.reduce(said) { $0.replacing(ForeignText.line($1), with: "…") })
    }
}

/// The certificates that a person has. No controller gives a certificate's key away.
public struct CertificateSource: Sendable {
    /// The names for which there are both files.
    public var names: @Sendable () async throws(MigrationHold) -> Set<DomainName>
    public var read: @Sendable (DomainName) async throws(MigrationHold) -> Pair

    /// A certificate with its key, both PEM. The key is a secret.
    public struct Pair: Sendable, CustomStringConvertible, CustomReflectable {
        var certificate: String
        var key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }

        public var description: String { "a certificate" }
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    public init(
        names: @escaping @Sendable () async throws(MigrationHold) -> Set<DomainName>,
        read: @escaping @Sendable (DomainName) async throws(MigrationHold) -> Pair
    ) {
        self.names = names
        self.read = read
    }

    /// No certificate is carried.
    public static let none = CertificateSource(
        names: { [] },
        read: { name throws(MigrationHold) in
            throw .certificateUnreadable(name, why: "no directory was named")
        })
}
