import ClusterAnswers
import HostFiles
import RolloutModel

/// A controller's answers about one application.
struct ApplicationAnswers {
    private let application: ControllerRecord.Application
    private let releases: ControllerPage<ControllerRecord.Release>
    private let buildPage: ControllerPage<ControllerRecord.Build>
    private let containerPage: ControllerPage<ControllerRecord.Container>
    private let configuration: ControllerConfiguration
    private let domains: ControllerPage<ControllerRecord.Domain>
    private let permissions: ControllerPermissions

    struct Fault: Error {
        var why: String
    }

    /// The questions, the one about the application itself first. Releases and builds come newest first.
    static func paths(of id: ApplicationID) -> [String] {
        ["", "releases/", "builds/", "containers/", "config/", "domains/", "perms/"].map {
            $0.isEmpty || $0 == "config/" || $0 == "perms/"
                ? "apps/\(id)/\($0)" : "apps/\(id)/\($0)?page_size=100"
        }
    }

    /// - Parameter answers: one for each of `paths`.
    init(_ answers: [WebAnswer]) throws(Fault) {
        let names = ["itself", "releases", "builds", "containers", "config", "domains", "perms"]
        for (name, answer) in zip(names, answers) where answer.status != 200 {
            throw Fault(why: "'\(name)' answered \(answer.refusal)")
        }
        do throws(MalformedText) {
            application = try JSONText.decode(
                ControllerRecord.Application.self, from: answers[0].bodyText, as: .controllerAnswer)
            releases = try ControllerPage(answers[1].bodyText)
            buildPage = try ControllerPage(answers[2].bodyText)
            containerPage = try ControllerPage(answers[3].bodyText)
            configuration = try ControllerConfiguration(answers[4].bodyText)
            domains = try ControllerPage(answers[5].bodyText)
            permissions = try ControllerPermissions(answers[6].bodyText)
        } catch {
            throw Fault(why: "\(error)")
        }
        guard !domains.hasNext else { throw Fault(why: "it has more than \(domains.items.count) domains") }
    }

    var builds: [ControllerRecord.Build] { buildPage.items }
    var containers: [ControllerRecord.Container] { containerPage.items }
    var hasMoreBuilds: Bool { buildPage.hasNext }
    var hasMoreContainers: Bool { containerPage.hasNext }

    /// True if the newest release's build is on another page.
    var wantsBuild: Bool {
        guard let build = newest?.build else { return false }
        return !builds.contains { $0.uuid == build }
    }

    private var newest: ControllerRecord.Release? { releases.items.max { $0.version < $1.version } }

    func picture(
        _ builds: [ControllerRecord.Build], _ containers: [ControllerRecord.Container]
    ) throws(Fault) -> ApplicationPicture {
        let id: ApplicationID = try Self.checked(application.id)
        guard let newest else { throw Fault(why: "it has no release") }
        guard let url = application.url else { throw Fault(why: "it has no name of the platform's") }
        return ApplicationPicture(
            id: id, owner: try Self.checked(application.owner), name: try Self.checked(url),
            structure: (application.structure ?? [:]).mapValues { max(0, $0) },
            release: .init(version: newest.version, build: try Self.build(newest.build, in: builds)),
            settings: ApplicationSettings(
                values: SecretValues(configuration.values), memory: configuration.memory,
                cpu: configuration.cpu, tags: configuration.tags),
            domains: Set(try domains.items.map { item throws(Fault) in try Self.checked(item.domain) }),
            collaborators: Set(
                try permissions.users.map { user throws(Fault) in try Self.checked(user) }),
            containers: containers.map { .init(type: $0.type, state: $0.state) })
    }

    private static func build(
        _ uuid: String?, in builds: [ControllerRecord.Build]
    ) throws(Fault) -> ApplicationPicture.Build? {
        guard let uuid else { return nil }
        guard let build = builds.first(where: { $0.uuid == uuid }) else {
            throw Fault(why: "its newest release has a build that is not listed")
        }
        return .init(image: build.image, procfile: build.procfile ?? [:])
    }

    private static func checked<Text: CheckedText>(_ text: String) throws(Fault) -> Text {
        guard let checked = Text(text) else {
            throw Fault(why: "'\(ForeignText.line(text, charactersMax: 80))' is no \(Text.kind)")
        }
        return checked
    }
}
