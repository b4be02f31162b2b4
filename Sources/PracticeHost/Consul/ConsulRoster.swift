/// The agents of a stand-in's datacenter, and which of them this one is: a file with a fact a line.
///
///     self practice-1
///     http 127.0.0.1 8500
///     member practice-1 9d754d17-d864-b1d3-e758-f3fe25a9874f 10.213.1.11 server
///     member old 40e4a748-2192-161a-0510-9bf59fe950b5 10.213.1.99 left
///     token secret
///     stabilization 5
struct ConsulRoster: Hashable, Sendable {
    var own: Member
    var members: [Member]
    var httpAddress = "127.0.0.1"
    var httpPort: UInt16 = 8500
    /// The token that every question but that for the leader must show; nil for none.
    var token: String?
    /// How long a server that is back has no vote.
    var stabilization = Duration.zero

    static let gossipPort: UInt16 = 8301
    static let serverPort: UInt16 = 8300
    static let datacenter = "practice"

    struct Member: Hashable, Sendable {
        var name: String
        var id: String
        var address: String
        var role: Role

        enum Role: String, Hashable, Sendable {
            case server, client
            /// A server that left for good, and is listed still.
            case left
        }
    }

    var servers: [Member] { members.filter { $0.role == .server } }

    init(text: String) throws {
        var name = ""
        var members: [Member] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("self", 2): name = words[1]
            case ("http", 3): (httpAddress, httpPort) = (words[1], UInt16(words[2]) ?? httpPort)
            case ("token", 2): token = words[1]
            case ("stabilization", 2): stabilization = Double(words[1]).map { .seconds($0) } ?? stabilization
            case ("member", 5):
                guard let role = Member.Role(rawValue: words[4]) else { throw Self.unusable(line) }
                members.append(Member(name: words[1], id: words[2], address: words[3], role: role))
            default: throw Self.unusable(line)
            }
        }
        guard let own = members.first(where: { $0.name == name }) else { throw Self.unusable("self \(name)") }
        self.own = own
        self.members = members
    }

    private static func unusable(_ line: some StringProtocol) -> Failure {
        .unusable(
            subject: "a line of the roster", found: String(line), expected: "a fact about the datacenter")
    }
}
