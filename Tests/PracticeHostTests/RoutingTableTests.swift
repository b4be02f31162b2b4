import Foundation
import Testing

@testable import PracticeHost

@Suite struct RoutingTableTests {
    /// `/deis`, as etcd has it.
    private static func root(_ json: String) throws -> EtcdKeys.Node {
        try JSONDecoder().decode(EtcdKeys.Node.self, from: Data(json.utf8))
    }

    private static let deis = #"""
        {"key": "/deis", "dir": true, "nodes": [
          {"key": "/deis/services", "dir": true, "nodes": [
            {"key": "/deis/services/shop", "dir": true, "nodes": [
              {"key": "/deis/services/shop/shop_v2.web.1", "value": "10.0.0.1:49153", "ttl": 15},
              {"key": "/deis/services/shop/shop_v2.web.2", "value": "10.0.0.2:49153", "ttl": 15}]},
            {"key": "/deis/services/idle", "dir": true}]},
          {"key": "/deis/domains", "dir": true, "nodes": [{"key": "/deis/domains/www.shop.org", "value": "shop"}]},
          {"key": "/deis/controller", "dir": true, "nodes": [
            {"key": "/deis/controller/host", "value": "10.0.0.3"}, {"key": "/deis/controller/port", "value": "8000"}]}]}
        """#

    @Test(arguments: [
        ("shop.example.org", "/", "10.0.0.1:49153 10.0.0.2:49153"),
        ("www.shop.org", "/", "10.0.0.1:49153 10.0.0.2:49153"),
        ("deis.example.org", "/v1/", "10.0.0.3:8000"), ("deis-store.example.org", "/", "503"),
        ("idle.example.org", "/", "503"), ("none.example.org", "/", "404"), ("shop", "/", "404"),
        ("10.0.0.1", "/health-check", "200"),
    ])
    func routesByTheNameOfTheHost(host: String, path: String, expected: String) throws {
        let table = try RoutingTable(root: try Self.root(Self.deis))
        let found =
            switch table.route(host: host, path: path) {
            case .status(let status): "\(status)"
            case .upstreams(let upstreams): upstreams.map(\.description).joined(separator: " ")
            }
        #expect(found == expected)
    }

    /// nginx refuses the whole configuration (deis#3819), and goes on with the one that it has.
    @Test(arguments: ["10.0.0.1:", "10.0.0.1", "10.0.0.1:0", "10.0.0.1:http", ":80"])
    func aPlaceThatIsNoneMakesNoTable(value: String) throws {
        let root = try Self.root(Self.deis.replacing("10.0.0.2:49153", with: value))
        #expect(throws: RoutingTable.Malformed(value: value)) { try RoutingTable(root: root) }
    }

    @Test func nothingIsPublishedBeforeAnythingIs() throws {
        let table = try RoutingTable(root: nil)
        #expect(table.route(host: "deis.example.org", path: "/") == .status(503))
        #expect(table.route(host: "shop.example.org", path: "/") == .status(404))
    }
}
