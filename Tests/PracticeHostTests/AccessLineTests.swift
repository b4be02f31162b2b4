import Testing

@testable import PracticeHost

@Suite struct AccessLineTests {
    @Test func aLineIsOfThirteenFieldsWithTheHostThirdFromTheEnd() throws {
        let line = AccessLine(
            request: HTTPRequest(
                method: "GET", target: "/a%20b",
                fields: [HTTPField("Host", "app.example.org:80"), HTTPField("User-Agent", "curl/8 \"x\"\n")],
                client: "10.0.0.9"),
            response: .text(200, "ok"), upstream: try Upstream("10.0.0.1:49153"),
            time: WallClock(seconds: 1_462_104_000, microseconds: 0), duration: .milliseconds(12))
        #expect(
            line.text.split(separator: " - ") == [
                "[2016-05-01T12:00:00+00:00]", "10.0.0.9", "-", "200", "\"GET /a%20b HTTP/1.1\"", "85",
                "\"-\"",
                #""curl/8 \x22x\x22\x0A""#, #""~^app\.(?<domain>.+)$""#, "10.0.0.1:49153",
                "app.example.org:80",
                "0.012", "0.012",
            ])
    }

    @Test func aRequestThatNoContainerGotHasNoUpstream() {
        let line = AccessLine(
            request: HTTPRequest(method: "HEAD", target: "/"), response: .text(404), upstream: nil,
            time: WallClock(seconds: 0, microseconds: 0), duration: .zero)
        #expect(line.text.hasSuffix(" - - - - - - - 0.000"))
    }
}
