import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

/// A server on loopback that answers so many requests with these statuses, and keeps what it was sent.
struct WebhookServer {
    struct Request: Decodable, Hashable {
        var path: String
        var authority: String?
        var type: String?
        var body: Body

        struct Body: Decodable, Hashable { var text: String }
    }

    let base: String
    private let record: String

    /// In the order in which they came.
    func requests() throws -> [Request] {
        guard FileManager.default.fileExists(atPath: record) else { return [] }
        let text = try String(contentsOfFile: record, encoding: .utf8)
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode(Request.self, from: Data($0.utf8))
        }
    }

    private static let program = """
        import http.server, json, os, sys
        port, record, statuses = sys.argv[1], sys.argv[2], sys.argv[3].split(',')
        class Hook(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                with open(record, 'a') as file:
                    file.write(json.dumps({'path': self.path, 'authority': self.headers['Authorization'],
                        'type': self.headers['Content-Type'], 'body': body}) + '\\n')
                status = int(statuses.pop(0))
                self.send_response(status)
                if status == 302: self.send_header('Location', '/elsewhere')
                self.end_headers()
            def log_message(self, *words): pass
        server = http.server.HTTPServer(('127.0.0.1', 0), Hook)
        server.timeout = 60
        with open(port + '.new', 'w') as file: file.write(str(server.server_port))
        os.rename(port + '.new', port)
        for number in range(len(statuses)): server.handle_request()
        """

    /// Runs the server until it has answered as often as there are statuses.
    static func with(_ statuses: [Int], _ body: (WebhookServer) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("hook-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let (port, record) = (directory + "/port", directory + "/record")
        let answers = statuses.map(String.init).joined(separator: ",")
        async let server = Subprocess.run(
            .name("python3"), arguments: ["-c", program, port, record, answers], output: .discarded,
            error: .string(limit: 1 << 20))
        var found = ""
        for _ in 0..<600 where found.isEmpty {
            try await Task.sleep(for: .milliseconds(100))
            found = (try? String(contentsOfFile: port, encoding: .utf8)) ?? ""
        }
        let number = try #require(Int(found))
        try await body(WebhookServer(base: "http://127.0.0.1:\(number)", record: record))
        _ = try await server
    }

    /// A port where connections are made and nobody ever answers.
    static func withSilence(_ body: (String) async throws -> Void) async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> in_port_t? in
                guard bind(descriptor, address, size) == 0, listen(descriptor, 8) == 0,
                    getsockname(descriptor, address, &size) == 0
                else { return nil }
                return UnsafeRawPointer(address).load(as: sockaddr_in.self).sin_port.bigEndian
            }
        }
        try await body("http://127.0.0.1:\(try #require(port))")
    }
}
