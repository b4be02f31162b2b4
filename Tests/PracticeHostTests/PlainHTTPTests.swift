import Testing

@testable import PracticeHost

@Suite struct PlainHTTPTests {
    @Test func aServerAndAClientSpeakWithEachOther() throws {
        let listener = try HostPorts.listener { request in
            var response = HTTPResponse.text(
                201, "\(request.method) \(request.path) \(request.query("a") ?? "-") \(request.body.count)")
            response.fields.append(HTTPField("DEIS_API_VERSION", "1.7"))
            return response
        }
        let http = PlainHTTP(port: listener.port, deadline: .seconds(10))
        // Longer than what comes at once.
        let body = [UInt8](repeating: 0x61, count: 200_000)
        let answer = try http.exchange("PUT", "/x/y?a=b%20c", body: body)
        #expect(answer.status == 201)
        #expect(String(decoding: answer.body, as: UTF8.self) == "PUT /x/y b c 200000")
        #expect(answer.fields.value(of: "deis_api_version") == "1.7")

        listener.stop()
        #expect(throws: Failure.self) { try http.exchange("GET", "/") }
        #expect(!http.isOpen)
    }

    @Test(arguments: [("a b/c", "a%20b/c"), ("/x@y", "/x%40y"), ("é", "%C3%A9")])
    func encodesPaths(text: String, encoded: String) {
        #expect(text.percentEncodedPath == encoded)
        #expect(encoded.percentDecoded == text)
    }

    @Test func aFlagIsWaitedForByAll() {
        let flag = StopFlag()
        #expect(!flag.wait(.zero) && !flag.isRaised)
        flag.raise()
        flag.raise()
        #expect(flag.wait(.seconds(60)) && flag.isRaised)
        flag.wait()
    }
}
