/// The XML that the engine logs, on several journal lines as the real one's is.
enum OmahaText {
    enum Event: Hashable, Sendable {
        case check
        case downloadStarted
        case downloadFinished
        case updated
        case failed(code: Int)

        fileprivate var elements: [String] {
            switch self {
            case .check:
                [
                    "<ping active=\"1\"></ping>", "<updatecheck></updatecheck>",
                    "<event eventtype=\"3\" eventresult=\"2\" previousversion=\"\"></event>",
                ]
            case .downloadStarted: ["<event eventtype=\"13\" eventresult=\"1\"></event>"]
            case .downloadFinished: ["<event eventtype=\"14\" eventresult=\"1\"></event>"]
            case .updated: ["<event eventtype=\"3\" eventresult=\"1\"></event>"]
            case .failed(let code):
                ["<event eventtype=\"3\" eventresult=\"0\" errorcode=\"\(code)\"></event>"]
            }
        }
    }

    static let applicationID = "e96281a6-d1af-4bde-9a0a-97b76e56dc57"

    static func request(_ event: Event, version: String, _ attempt: UpdateAttempt) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <request protocol="3.0" version="update_engine-0.4.10" updaterversion="update_engine-0.4.10" \
        installsource="\(attempt.interactive ? "ondemandupdate" : "scheduler")" ismachine="1">
            <os version="Chateau" platform="CoreOS" sp="\(version)_x86_64"></os>
            <app appid="{\(applicationID)}" version="\(version)" track="\(attempt.group)" oem="" lang="en-US" \
        board="amd64-usr" delta_okay="false" >
                \(event.elements.joined(separator: "\n        "))
            </app>
        </request>
        """
    }

    static func response(_ offer: Offer?, size: Int64) -> String {
        let check =
            offer.map {
                """
                <updatecheck status="ok"><urls><url codebase="\(payloadBase)"/></urls><manifest version="\($0.version)">\
                <packages><package name="\($0.version).gz" size="\(size)" required="false"/></packages>\
                </manifest></updatecheck>
                """
            } ?? "<updatecheck status=\"noupdate\"/>"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <response protocol="3.0" server="practice"><daystart elapsed_seconds="0"/><app appid="\(applicationID)" \
            status="ok"><event status="ok"/><ping status="ok"/>\(check)</app></response>
            """
    }

    static func payloadURL(_ offer: Offer) -> String { "\(payloadBase)\(offer.version).gz" }

    private static let payloadBase = "http://update.practice.test/pkg/"
}
