import Foundation
import Testing

@testable import PracticeHost

@Suite struct ControllerAPITests {
    /// A controller that has an administrator, and an application with two releases.
    private struct Client {
        var api: ControllerAPI
        var token = ""

        init(_ document: ControllerDocument = ControllerDocument()) {
            api = ControllerAPI(
                document: document, domain: "example.org", now: "2016-05-01T12:00:00UTC",
                hasImage: { !$0.contains("bad") })
        }

        static func withApplication() -> Client {
            var client = Client()
            _ = client.send(
                "POST", "/v1/auth/register/", #"{"username":"admin","password":"good","email":"a@b.c"}"#)
            let login = client.send("POST", "/v1/auth/login/", #"{"username":"admin","password":"good"}"#)
            client.token = login.object["token"] as? String ?? ""
            _ = client.send("POST", "/v1/apps/", #"{"id":"shop"}"#)
            _ = client.send(
                "POST", "/v1/apps/shop/builds/", #"{"image":"shop:1","procfile":{"web":"run"}}"#)
            return client
        }

        struct Answer {
            var status: Int
            var object: [String: Any]
        }

        mutating func send(_ method: String, _ target: String, _ body: String = "") -> Answer {
            let response = api.answer(
                HTTPRequest(
                    method: method, target: target,
                    fields: token.isEmpty ? [] : [HTTPField("Authorization", "token \(token)")],
                    body: Array(body.utf8)))
            let object = try? JSONSerialization.jsonObject(with: Data(response.body))
            return Answer(status: response.status, object: object as? [String: Any] ?? [:])
        }
    }

    @Test(arguments: [
        ("GET", "/v1/"), ("GET", "/v1/apps/"), ("GET", "/v1/nothing/"), ("GET", "/v1/users"),
    ])
    func aControllerShowsItselfByRefusingStrangers(method: String, target: String) {
        var client = Client()
        #expect(client.send(method, target).status == 401)
        client.token = "wrong"
        #expect(client.send(method, target).status == 401)
    }

    @Test func theFirstUserIsTheAdministrator() {
        var client = Client.withApplication()
        _ = client.send("POST", "/v1/auth/register/", #"{"username":"eve","password":"x"}"#)
        #expect(client.api.document.users.map(\.isSuperuser) == [true, false])
        let refused = client.send("POST", "/v1/auth/login/", #"{"username":"eve","password":"y"}"#)
        #expect(refused.status == 400)
        #expect(
            refused.object["non_field_errors"] as? [String] == ["Unable to login with provided credentials."])
    }

    @Test func aBuildIsAReleaseAndRuns() throws {
        let client = Client.withApplication()
        let app = try #require(client.api.document.apps.first)
        #expect(app.release.version == 2 && app.release.summary == "admin deployed shop:1")
        #expect(app.structure == ["web": 1])
        #expect(
            client.api.effects == [
                .makeServices(application: "shop"),
                .run(
                    [AppContainer(application: "shop", version: 2, type: "web", number: 1)],
                    application: "shop", image: "shop:1"),
                .keepImage(application: "shop", tag: "v2"),
            ])
    }

    @Test func aPullWithoutAProcfileIsNoWebProcess() {
        var client = Client.withApplication()
        _ = client.send("POST", "/v1/apps/", #"{"id":"other"}"#)
        #expect(client.send("POST", "/v1/apps/other/builds/", #"{"image":"other:1"}"#).status == 201)
        #expect(client.api.document.apps.last?.structure == ["cmd": 1])
    }

    @Test(arguments: [
        ("POST", "/v1/apps/", #"{"id":"shop"}"#, 400, "App with this id already exists."),
        ("POST", "/v1/apps/", #"{"id":"Shop"}"#, 400, "App IDs can only contain [a-z0-9-]."),
        ("POST", "/v1/apps/", #"{"id":"router"}"#, 400, "App IDs cannot be deis or the name of a component."),
        ("POST", "/v1/apps/shop/builds/", #"{"image":"bad:1"}"#, 503, "Pulling failed: Tag not found"),
        ("GET", "/v1/apps/nope/", "", 404, "Not found"),
    ])
    func refusesInItsWords(method: String, target: String, body: String, status: Int, words: String) {
        var client = Client.withApplication()
        let answer = client.send(method, target, body)
        #expect(answer.status == status)
        let text = answer.object.values.map { "\($0 as? String ?? ($0 as? [String])?.first ?? "")" }
        #expect(text == [words])
    }

    @Test func settingsAreReleasesAndNullTakesOneAway() throws {
        var client = Client.withApplication()
        let answer = client.send("POST", "/v1/apps/shop/config/", #"{"values":{"A":"1","B":2}}"#)
        #expect(answer.status == 201)
        _ = client.send("POST", "/v1/apps/shop/config/", #"{"values":{"A":null}}"#)
        _ = client.send("POST", "/v1/apps/shop/limits/", #"{"memory":{"web":"512M"}}"#)
        let app = try #require(client.api.document.apps.first)
        #expect(app.release.version == 5)
        #expect(app.config.values.keys.sorted() == ["B"] && app.config.memory == ["web": "512M"])

        let back = client.send("POST", "/v1/apps/shop/releases/rollback/", #"{"version":2}"#)
        #expect(back.status == 201 && back.object["version"] as? Int == 6)
        #expect(client.api.document.apps.first?.config.values.isEmpty == true)
        let releases = client.send("GET", "/v1/apps/shop/releases/?page_size=2")
        #expect(releases.object["count"] as? Int == 6)
        let results = releases.object["results"] as? [[String: Any]]
        #expect(results?.map { $0["version"] as? Int } == [6, 5])
        #expect(releases.object["next"] as? String != nil && releases.object["previous"] is NSNull)
    }

    @Test func pagesAreCutAndNameTheNext() {
        var client = Client.withApplication()
        for number in 1...150 { _ = client.send("POST", "/v1/apps/", #"{"id":"app-\#(number)"}"#) }
        let first = client.send("GET", "/v1/apps/")
        #expect((first.object["results"] as? [Any])?.count == 100 && first.object["count"] as? Int == 151)
        let second = client.send("GET", "/v1/apps/?page_size=100&page=2")
        #expect((second.object["results"] as? [Any])?.count == 51 && second.object["next"] is NSNull)
    }

    @Test func scalesSharesAndNamesDomains() throws {
        var client = Client.withApplication()
        #expect(client.send("POST", "/v1/apps/shop/scale/", #"{"web":2}"#).status == 204)
        let containers = client.send("GET", "/v1/apps/shop/containers/").object["results"] as? [[String: Any]]
        #expect(containers?.map { $0["num"] as? Int } == [1, 2])
        #expect(containers?.first?["release"] as? String == "v2")

        #expect(client.send("POST", "/v1/apps/shop/domains/", #"{"domain":"www.shop.org"}"#).status == 201)
        let taken = client.send("POST", "/v1/apps/shop/domains/", #"{"domain":"www.shop.org"}"#)
        #expect(
            taken.object["domain"] as? [String]
                == ["The domain www.shop.org is already in use by another app"])

        _ = client.send("POST", "/v1/auth/register/", #"{"username":"eve","password":"x"}"#)
        let eve = try #require(client.api.document.users.last)
        let admin = client.token
        client.token = eve.token
        #expect(client.send("GET", "/v1/apps/shop/").status == 403)
        #expect(client.send("GET", "/v1/apps/").object["count"] as? Int == 0)
        client.token = admin
        #expect(client.send("POST", "/v1/apps/shop/perms/", #"{"username":"eve"}"#).status == 201)
        client.token = eve.token
        #expect(client.send("GET", "/v1/apps/").object["count"] as? Int == 1)
        #expect(client.send("DELETE", "/v1/apps/shop/").status == 403)
        #expect(client.send("GET", "/v1/users/").status == 403)
    }

    @Test func keepsKeysAndCertificates() {
        var client = Client.withApplication()
        let key = #"{"id":"laptop","public":"ssh-ed25519 AAAA"}"#
        #expect(client.send("POST", "/v1/keys/", key).status == 201)
        #expect(client.send("POST", "/v1/keys/", key).status == 400)
        let certificate = #"{"certificate":"c","key":"k","common_name":"www.shop.org"}"#
        #expect(client.send("POST", "/v1/certs/", certificate).status == 201)
        #expect(client.send("DELETE", "/v1/certs/www.shop.org").status == 204)
        #expect(client.send("DELETE", "/v1/keys/laptop").status == 204)
        #expect(client.api.document.keys.isEmpty && client.api.document.certificates.isEmpty)
    }

    /// The document that the database keeps comes back as it was.
    @Test func theDocumentOutlivesItsController() throws {
        let document = Client.withApplication().api.document
        let kept = try JSONEncoder().encode(document)
        #expect(try JSONDecoder().decode(ControllerDocument.self, from: kept) == document)
    }
}
