import Coordinator
import Foundation
import ProcessInput
import RolloutModel
import Testing

@Suite struct CurlScriptTests {
    @Test func eachRequestIsAStanzaAndNoValueIsMoreThanItself() throws {
        let token = try #require(SecretToken("abc123\n"))
        let script = try CurlScript([
            WebRequest(
                url: "http://10.0.0.1/", host: "web.example.org", readsBody: false, deadline: .seconds(3)),
            WebRequest(
                .post, url: "http://10.0.0.1/v1/apps/", token: token, json: #"{"id":"a\"b\\c"}"#,
                deadline: .seconds(20)),
        ])
        let stanzas = script.text.components("next\n")
        #expect(stanzas.count == 2)
        #expect(stanzas[0].contains("header = \"Host: web.example.org\"\n"))
        #expect(stanzas[0].contains("output = \"/dev/null\"\n") && !stanzas[0].contains("include"))
        #expect(stanzas[1].contains("header = \"Authorization: token abc123\"\n"))
        #expect(stanzas[1].contains(#"data-binary = "{\"id\":\"a\\\"b\\\\c\"}""#))
        #expect(script.deadline == .seconds(23))
        #expect("\(token)" == "a token" && String(reflecting: token) == "a token")
    }

    @Test(arguments: [
        "file:///etc/passwd", "http://10.0.0.1/\" \noutput = \"/x", "http://a b/", "gopher://10.0.0.1/", "",
    ])
    func anAddressThatMeansMoreIsRefused(url: String) {
        #expect(throws: WebFault.self) { try CurlScript([WebRequest(url: url)]) }
    }

    @Test(arguments: ["a\nb", "a\u{7f}"]) func soIsAValue(value: String) {
        #expect(throws: WebFault.self) { try CurlScript([WebRequest(url: "http://10.0.0.1/", host: value)]) }
        #expect(throws: WebFault.self) {
            try CurlScript([WebRequest(.post, url: "http://10.0.0.1/", json: value)])
        }
    }

    /// curl would read a file for a document that begins with `@`.
    @Test func aDocumentThatNamesAFileIsRefused() {
        #expect(throws: WebFault.self) {
            try CurlScript([WebRequest(.post, url: "http://10.0.0.1/", json: "@/etc/passwd")])
        }
    }

    static let lengths: [(bytes: Int, isLong: Bool)] = [
        (CurlScript.documentBytesMax, false), (CurlScript.documentBytesMax + 1, true), (1 << 20, true),
    ]

    /// A pipe and a line of curl's configuration hold so much: what is longer goes by a file, whole.
    @Test(arguments: lengths) func aLongDocumentGoesByAFile(bytes: Int, isLong: Bool) throws {
        let document = String(repeating: "\"", count: bytes)
        let request = WebRequest(.post, url: "http://10.0.0.1/", json: document)
        var placed: [String] = []
        let script = try CurlScript([request]) { document throws(WebFault) in
            placed.append(document)
            return "/proc/1/fd/7"
        }
        #expect(placed == (isLong ? [document] : []))
        #expect(script.text.contains("data-binary = \"@/proc/1/fd/7\"\n") == isLong)
        #expect(script.text.utf8.count < 64 << 10)
        if isLong { #expect(throws: WebFault.self) { try CurlScript([request]) } }
    }

    @Test func aFileWithoutANameIsReadByItsPathAndIsGone() throws {
        let text = String(repeating: "s3cret\n", count: 30_000)
        let file = try NamelessFile(text)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: file.path)
        #expect(target.hasSuffix(" (deleted)"))
        file.close()
    }

    @Test(arguments: ["", "a b", "a\"", "a\\", "a\nb\n", String(repeating: "a", count: 257)])
    func aTokenIsOneLineOfPlainCharacters(text: String) {
        #expect(SecretToken(text) == nil)
    }

    @Test func answersAreToldApartByAMarkThatNoAnswerKnows() throws {
        let script = try CurlScript([
            WebRequest(url: "http://10.0.0.1/v1/"), WebRequest(url: "http://10.0.0.2/"),
            WebRequest(url: "http://10.0.0.3/", readsBody: false),
        ])
        let mark = try #require(script.text.firstMatch(of: /@turnstile-[0-9a-f]+/)).output
        let output = """
            HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 UNAUTHORIZED\r\nDEIS_API_VERSION: 1.7\r
            DEIS_PLATFORM_VERSION: 1.13.4\r\n\r\n{"detail":"@turnstile-1 200\\n"}
            \(mark) 401

            \(mark) 000

            \(mark) 503

            """
        let answers = try script.answers(
            in: Array(output.utf8), errors: "curl: (7) Failed to connect to 10.0.0.2 port 80", ending: "")
        #expect(answers.map(\.status) == [401, nil, 503])
        #expect(answers[0].headers["deis_platform_version"] == "1.13.4")
        #expect(answers[0].bodyText == #"{"detail":"@turnstile-1 200\n"}"#)
        #expect(answers[1].complaint == "curl: (7) Failed to connect to 10.0.0.2 port 80")
        #expect(throws: WebFault.self) {
            try script.answers(in: Array(output.utf8.prefix(200)), errors: "", ending: "exit status 127")
        }
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator).map(String.init)
    }
}
