import ClusterAnswers
import HostFiles
import Testing

/// The answers are those in docs/reference/api-v1.7.rst of deis/deis.
@Suite struct ControllerAnswerTests {
    @Test func everyAnswerTellsTheVersion() {
        let headers = ["deis_platform_version": "1.13.4", "deis_api_version": "1.7", "server": "nginx"]
        #expect(ControllerHeaders(headers)?.platform == "1.13.4")
        #expect(ControllerHeaders(headers)?.api == "1.7")
        #expect(ControllerHeaders(["server": "nginx"]) == nil)
        #expect(
            ControllerHeaders(["deis_platform_version": "1.13.4\u{1B}[0m", "deis_api_version": "1.7"]) == nil)
    }

    @Test func aPageSaysWhetherAnotherFollows() throws {
        let page = try ControllerPage<ControllerRecord.Application>(
            #"""
            {"count":150,"next":"http://deis.example.com/v1/apps/?page=2","previous":null,"results":[{"created":"2014-01-01T00:00:00UTC",\#
            "id":"example-go","owner":"test","structure":{"web":2},"url":"example-go.example.com","uuid":"de1b"}]}
            """#)
        #expect(page.count == 150 && page.hasNext)
        #expect(page.items.map(\.id) == ["example-go"])
        #expect(page.items.first?.structure == ["web": 2])
    }

    @Test(arguments: ["", "[]", #"{"detail":"Not found"}"#, #"{"count":-1,"results":[]}"#, "<html>"])
    func anythingElseIsNoPage(body: String) {
        #expect(throws: MalformedText.self) { try ControllerPage<ControllerRecord.Domain>(body) }
    }

    @Test func settingsAreTextsWhateverTheyAreKeptAs() throws {
        let configuration = try ControllerConfiguration(
            #"{"values":{"A":"x\ny","B":3,"C":true,"D":1.5},"memory":{"web":"512M"},"cpu":{},"tags":{"ssd":"true"}}"#
        )
        #expect(configuration.values == ["A": "x\ny", "B": "3", "C": "True", "D": "1.5"])
        #expect(configuration.memory == ["web": "512M"])
        #expect(configuration.tags == ["ssd": "true"])
    }

    @Test func thoseWhoShareAnApplicationAreNamed() throws {
        #expect(try ControllerPermissions(#"{"users":["test","foo"]}"#).users == ["test", "foo"])
    }
}
