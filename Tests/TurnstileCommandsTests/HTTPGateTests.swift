import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import Settings
@testable import TurnstileCommands

@Suite struct HTTPGateTests {
    typealias Field = HTTPGate.Field

    static let answers: [(Field?, Int, String, String?)] = [
        (nil, 200, "", nil), (nil, 503, "", "it answered 503, not 200"),
        (nil, 302, "", "it answered 302, not 200"),
        (.init(path: "status", value: "green"), 200, #"{"status":"green"}"#, nil),
        (
            .init(path: "status", value: "green"), 200, #"{"status":"red"}"#,
            "its 'status' is 'red', not 'green'"
        ),
        (.init(path: "a.1.b", value: "3"), 200, #"{"a":[0,{"b":3}]}"#, nil),
        (.init(path: "a.2.b", value: "3"), 200, #"{"a":[0,{"b":3}]}"#, "its answer has no 'a.2.b'"),
        (.init(path: "ok", value: "true"), 200, #"{"ok":true}"#, nil),
        (.init(path: "ok", value: "true"), 200, #"{"ok":1}"#, "its 'ok' is '1', not 'true'"),
        (.init(path: "ok", value: "1"), 200, #"{"ok":true}"#, "its 'ok' is 'true', not '1'"),
        (.init(path: "load", value: "0.5"), 200, #"{"load":0.5}"#, nil),
        (.init(path: "error", value: "null"), 200, #"{"error":null}"#, nil),
        (.init(path: "status", value: "green"), 200, #"{"status":{}}"#, "its answer has no 'status'"),
        (.init(path: "status", value: "green"), 200, "<html>", "its answer is no JSON"),
    ]

    @Test(arguments: answers)
    func theStatusAndTheFieldDecide(field: Field?, status: Int, body: String, objection: String?) {
        let gate = HTTPGate(url: "https://a/", field: field)
        #expect(gate.objection(status: status, body: body) == objection)
    }

    @Test(arguments: [
        ("https://a/b?token=s#c", "https://a/b"), ("https://u:p@a/b", "https://a/b"),
        ("http://a:80/", "http://a:80/"),
    ])
    func secretsAreNotShown(url: String, shown: String) {
        #expect(HTTPGate(url: url).shownURL == shown)
    }

    /// Answers each request by its path, so many of them, and tells its port in a file.
    private static let server = """
        import http.server, sys, time
        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == '/slow': time.sleep(5)
                self.send_response(503 if self.path == '/no' else 200)
                self.end_headers()
                self.wfile.write(b'{"status":"green"}' if self.path != '/endless' else b'x' * (1 << 22))
            def log_message(self, *words): pass
        server = http.server.HTTPServer(('127.0.0.1', 0), Page)
        server.timeout = 60
        with open(sys.argv[1] + '.new', 'w') as file: file.write(str(server.server_port))
        import os; os.rename(sys.argv[1] + '.new', sys.argv[1])
        for number in range(int(sys.argv[2])): server.handle_request()
        """

    @Test func aRealPageIsAsked() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        async let server = Subprocess.run(
            .name("python3"), arguments: ["-c", Self.server, file, "4"], output: .discarded,
            error: .string(limit: 1 << 20))
        var port = ""
        for _ in 0..<600 where port.isEmpty {
            try await Task.sleep(for: .milliseconds(100))
            port = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        }
        let base = "http://127.0.0.1:\(try #require(Int(port)))"
        let green = Field(path: "status", value: "green")
        #expect(await HTTPGate(url: base + "/yes", field: green, deadline: .seconds(60)).ask() == nil)
        #expect(await HTTPGate(url: base + "/no", deadline: .seconds(60)).ask() == "it answered 503, not 200")
        let slow = await HTTPGate(url: base + "/slow", deadline: .seconds(1)).ask()
        #expect(slow?.contains("timed out") == true, "\(slow ?? "open")")
        let endless = await HTTPGate(url: base + "/endless", deadline: .seconds(60)).ask()
        #expect(endless?.contains("told too much") == true, "\(endless ?? "open")")
        _ = try await server
        let gone = await HTTPGate(url: base + "/yes", deadline: .seconds(60)).ask()
        #expect(gone?.hasPrefix("curl: (7)") == true, "\(gone ?? "open")")
    }
}
