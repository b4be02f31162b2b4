import Coordinator
import RolloutModel

/// `gates.consul`.
struct ConsulSettings: Hashable, Sendable {
    /// The agent's URL, the files for TLS and, once its file was read, the token.
    var endpoint: ConsulEndpoint
    /// The path of the file with the token.
    var tokenFile: String?
    var gate: GateSettings.Consul

    static let keys = [
        "enabled", "endpoint", "token", "ca-file", "cert-file", "key-file", "steady", "stabilization",
    ]

    /// - Returns: nil where Consul is not asked.
    init?(
        _ section: ConfigurationSection, _ absolute: (String) -> String,
        _ problems: inout [ConfigurationProblem]
    ) {
        let isAsked = section.value("enabled", .truth, &problems) ?? false
        let url = section.value("endpoint", ConfigurationValue.consulEndpoint, &problems)
        endpoint = ConsulEndpoint(
            url: url ?? ConsulEndpoint.usualURL,
            tls: EtcdEndpoint.TLS(
                caFile: section.value("ca-file", .hostPath, &problems),
                certFile: section.value("cert-file", .hostPath, &problems),
                keyFile: section.value("key-file", .hostPath, &problems)))
        tokenFile = section.value("token", .path, &problems).map(absolute)
        let range = ConfigurationValue<Duration>.duration("0s", to: "10m")
        gate = GateSettings.Consul(
            steady: section.value("steady", range, &problems) ?? .seconds(10),
            stabilization: section.value("stabilization", range, &problems) ?? .seconds(60))
        guard isAsked else { return nil }
    }

    /// Reads the token. The file must be readable by its owner alone: a token is as good as its rights.
    mutating func readToken(_ environment: ConfigurationEnvironment) throws(ConfigurationError) {
        guard let name = tokenFile else { return }
        let text = try TextFile.read(name, environment: environment, bytesMax: 4096, ownerAlone: true)
        guard let token = ConsulToken(file: name, text: text) else {
            throw ConfigurationError([
                ConfigurationProblem(
                    file: name, key: "",
                    fault: .unexpected(found: "something else", expected: "one line with one token"))
            ])
        }
        endpoint.token = token
    }
}

extension ConsulSettings: Encodable {
    /// Named as the keys are.
    private enum CodingKeys: String, CodingKey {
        case endpoint, token, caFile, certFile, keyFile
        case steady = "steadySeconds"
        case stabilization = "stabilizationSeconds"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(endpoint.url, forKey: .endpoint)
        try container.encodeIfPresent(tokenFile, forKey: .token)
        try container.encodeIfPresent(endpoint.tls.caFile, forKey: .caFile)
        try container.encodeIfPresent(endpoint.tls.certFile, forKey: .certFile)
        try container.encodeIfPresent(endpoint.tls.keyFile, forKey: .keyFile)
        try container.encode(gate.steady, forKey: .steady)
        try container.encode(gate.stabilization, forKey: .stabilization)
    }
}

extension ConfigurationValue where Value == String {
    static let consulEndpoint = Self(
        expected: "an address such as http://127.0.0.1:8500, https://127.0.0.1:8501 or http://{address}:8500"
    ) { EtcdEndpoint.url($0) }
}
