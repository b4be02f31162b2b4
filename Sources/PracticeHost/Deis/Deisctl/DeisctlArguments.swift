/// deisctl's words: a command and what follows it, and options anywhere before or after.
struct DeisctlArguments: Hashable, Sendable {
    var words: [String] = []
    var endpoint = Self.usualEndpoint
    var tunnel: String?
    var requestTime = Duration.seconds(10)
    var isStateless = false
    var routerMeshSize = 3
    /// The size of the router mesh as it was given, if it is no number from 1 to 255.
    var badRouterMeshSize: String?
    var unitsDirectory: String?
    var tag: String?
    var asksForVersion = false
    var asksForHelp = false

    static let usualEndpoint = "http://127.0.0.1:4001"

    /// An option that deisctl does not have.
    struct Unknown: Error, Hashable {}

    init(_ arguments: [String]) throws(Unknown) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-") else {
                words.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let given = parts.count == 2 ? String(parts[1]) : nil
            try take(String(parts[0])) { () throws(Unknown) -> String in
                guard let value = given ?? rest.popFirst() else { throw Unknown() }
                return value
            }
        }
    }

    private mutating func take(_ option: String, _ value: () throws(Unknown) -> String) throws(Unknown) {
        switch option {
        case "--version": asksForVersion = true
        case "--help", "-h": asksForHelp = true
        case "--endpoint": endpoint = try value()
        case "--tunnel": tunnel = try value()
        case "--request-timeout":
            requestTime = Double(try value()).map { .seconds($0) } ?? requestTime
        case "--stateless": isStateless = true
        case "-p", "--path": unitsDirectory = try value()
        case "-t", "--tag": tag = try value()
        case "--router-mesh-size":
            let given = try value()
            guard let size = Int(given), (1...255).contains(size) else { return badRouterMeshSize = given }
            routerMeshSize = size
        case "--etcd-key-prefix", "--etcd-keyfile", "--etcd-certfile", "--etcd-cafile", "--known-hosts-file",
            "--ssh-timeout", "--strict-host-key-checking":
            _ = try value()
        default: throw Unknown()
        }
    }
}
