import Dispatch
import Glibc
import HostFiles
import Testing

@testable import HostAgent

/// The agent's end of systemd's socket. At the other end is what the tests write.
@Suite struct LiveSystemdTests {
    private static let calls = SystemdInquiry.services(["a.service"]) { _ in ["ActiveState", "Id"] }.calls
    private static let allowed = Duration.seconds(60)

    @Test func answersAreGivenInTheOrderOfTheCalls() async throws {
        let answers = try await ask { peer in
            try peer.logIn()
            try peer.read(bytes: Self.calls.map { $0.message(serial: 1).count }.reduce(0, +))
            // A signal, the second answer, and the first in two parts.
            try peer.write(Self.message(4, serial: 0, "x"))
            try peer.write(Self.message(2, serial: 2, "a.service"))
            let first = Self.message(2, serial: 1, "active")
            try peer.write(Array(first.prefix(30)))
            try peer.write(Array(first.dropFirst(30)))
            peer.readToEnd()
        }
        #expect(answers == [.values([.text("active")]), .values([.text("a.service")])])
    }

    @Test func furtherCallsGoOverTheSameConnection() async throws {
        var answers: [BusAnswer]?
        try await Scratch.with { directory in
            let path = "\(directory)/private"
            let listener = try SystemdPeer(listeningAt: path)
            DispatchQueue(label: "systemd").async {
                guard let peer = try? listener.accepted() else { return }
                try? peer.logIn()
                for serial: UInt8 in [1, 2] {
                    try? peer.read(bytes: Self.calls[0].message(serial: 1).count)
                    try? peer.write(Self.message(2, serial: serial, serial == 1 ? "first" : "second"))
                }
                peer.readToEnd()
            }
            answers = await LiveSystemd.ask(
                [Self.calls[0]], { first in first == [.values([.text("first")])] ? [Self.calls[0]] : [] },
                at: path, within: Self.allowed)
        }
        #expect(answers == [.values([.text("first")]), .values([.text("second")])])
    }

    static let otherEnds: [@Sendable (SystemdPeer) throws -> Void] = [
        { _ in },
        { peer in try peer.write(Array("REJECTED EXTERNAL\r\n".utf8)) },
        { peer in try peer.write([UInt8](repeating: UInt8(ascii: "O"), count: 4096)) },
        { peer in try peer.logIn() },
        { peer in
            try peer.logIn()
            try peer.write(Array("Failed to connect to bus: Host is down\n".utf8))
        },
        { peer in
            try peer.logIn()
            try peer.write(message(2, serial: 1, "active"))
        },
    ]

    @Test(arguments: otherEnds.indices) func whoeverSaysSomethingElseHasNotAnswered(index: Int) async throws {
        #expect(try await ask(Self.otherEnds[index]) == nil)
    }

    @Test func anEndThatIsSilentIsNotWaitedForWithoutAnEnd() async throws {
        #expect(try await ask(within: .milliseconds(120)) { peer in peer.readToEnd() } == nil)
    }

    @Test func nobodyThereIsNoAnswer() async {
        #expect(
            await LiveSystemd.ask(Self.calls, { _ in [] }, at: "/nonexistent/private", within: Self.allowed)
                == nil)
        let path = "/" + String(repeating: "long/", count: 60)
        #expect(await LiveSystemd.ask(Self.calls, { _ in [] }, at: path, within: Self.allowed) == nil)
    }

    /// A message with one text in its body, as the answer to a call.
    private static func message(_ kind: UInt8, serial: UInt8, _ text: String) -> [UInt8] {
        let length = UInt8(text.utf8.count)
        let fields: [UInt8] =
            [5, 1] + Array("u".utf8) + [0, serial, 0, 0, 0] + [8, 1] + Array("g".utf8) + [0, 1]
            + Array("s".utf8) + [0]
        return [UInt8(ascii: "l"), kind, 1, 1, length + 5, 0, 0, 0, 9, 0, 0, 0, UInt8(fields.count), 0, 0, 0]
            + fields + [0] + [length, 0, 0, 0] + Array(text.utf8) + [0]
    }

    private func ask(
        within allowed: Duration = allowed, _ otherEnd: @escaping @Sendable (SystemdPeer) throws -> Void
    ) async throws -> [BusAnswer]? {
        var answers: [BusAnswer]?
        try await Scratch.with { directory in
            let path = "\(directory)/private"
            let listener = try SystemdPeer(listeningAt: path)
            // On a thread of its own, as it waits for the agent's end.
            DispatchQueue(label: "systemd").async { try? otherEnd(listener.accepted()) }
            answers = await LiveSystemd.ask(Self.calls, { _ in [] }, at: path, within: allowed)
        }
        return answers
    }
}

/// An end of a socket, which is closed when nobody has it any more.
final class SystemdPeer: Sendable {
    private struct Trouble: Error {}

    private let socket: Int32

    private init(_ socket: Int32) throws {
        guard socket >= 0 else { throw Trouble() }
        self.socket = socket
    }

    deinit { close(socket) }

    convenience init(listeningAt path: String) throws {
        try self.init(Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
        }
        guard bound == 0, listen(socket, 1) == 0 else { throw Trouble() }
    }

    func accepted() throws -> SystemdPeer { try SystemdPeer(accept(socket, nil, nil)) }

    func write(_ bytes: [UInt8]) throws {
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw Trouble() }
    }

    func read(bytes count: Int) throws {
        var bytes = [UInt8](repeating: 0, count: count)
        guard recv(socket, &bytes, count, Int32(MSG_WAITALL)) == count else { throw Trouble() }
    }

    func readToEnd() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while recv(socket, &bytes, bytes.count, 0) > 0 {}
    }

    /// As systemd lets root in, or whoever the tests run as.
    func logIn() throws {
        let user = String(geteuid()).utf8.map { String($0, radix: 16) }.joined()
        try read(bytes: "\0AUTH EXTERNAL \(user)\r\nBEGIN\r\n".utf8.count)
        try write(Array("OK 0123456789abcdef0123456789abcdef\r\n".utf8))
    }
}
