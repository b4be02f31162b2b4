import Coordinator
import Reports
import RolloutModel
import Rollouts

/// The wish, the holds and the plan before an upgrade of the platform is begun.
struct PlatformPreflight {
    var wish: PlatformWish
    var facts: PlatformFacts
    var packages: [DeisctlSide: DeisctlPackage]
    /// Everything that holds the upgrade.
    var holds: [PlatformHold]
    /// The plan; nil where something needed for it is not known.
    var plan: PlatformPlan?

    /// Reads the platform, and runs both of deisctl for their versions alone.
    ///
    /// - Parameter backup: the directory that the backup is to be in, where one is made.
    /// - Throws: `CommandFailure` where no version is wanted and the new deisctl tells none.
    static func of(
        _ choice: PlatformChoice, way: PlatformWish.Way, backup: String?, _ session: PlatformSession
    ) async throws -> PlatformPreflight {
        async let facts = session.reading.facts()
        async let isOnAmazon = session.reading.isOnAmazon()
        var files: [DeisctlSide: DeisctlFiles] = [:]
        var views: [DeisctlSide: DeisctlView] = [:]
        for side in DeisctlSide.allCases {
            let tool = choice.tool(side)
            let read = await DeisctlFiles.read(
                tool.program, templates: tool.templates, shell: session.shell)
            files[side] = read
            views[side] = await session.view(of: read)
        }
        guard let version = choice.to ?? views[.new]?.version.value else {
            throw CommandFailure(.usage, Self.noVersion(views[.new]?.version))
        }
        let wish = PlatformWish(
            way: way, version: version, keptImages: Set(choice.keptImages),
            proxyProtocol: choice.proxyProtocol,
            asksForProxyProtocol: way == .inPlace ? await isOnAmazon : false)
        let check = await PlatformCheck(wish, facts, deisctls: views)
        let packages = files.compactMapValues(\.package)
        var means = PlatformMeans(choice, packages)
        means?.controller = session.reading.controller?.url
        means?.backup = choice.isBackedUp ? nil : backup?.absolutePath
        return try await PlatformPreflight(
            wish: wish, facts: facts, packages: packages, holds: check.holds,
            plan: PlatformBaseline(facts).map {
                try PlatformPlan(wish, $0, isBackedUp: choice.isBackedUp, means: means)
            })
    }

    /// The plan of an upgrade that nothing holds.
    ///
    /// - Throws: `CommandFailure` where something holds it.
    func requireOpen() throws(CommandFailure) -> PlatformPlan {
        guard holds.isEmpty, let plan else { throw .held(holds.map(HoldReason.platform)) }
        return plan
    }

    /// Prints the plan.
    ///
    /// - Throws: `CommandFailure` where something holds the upgrade.
    func show(_ format: OutputFormat, _ invocation: Invocation) throws {
        let report = PlatformPlanReport(wish, plan, holds: holds, invocation)
        try format.show(report) { report.lines(on: $0) }
        guard holds.isEmpty else { throw CommandFailure.held(holds.map(HoldReason.platform)) }
        say("Nothing holds it.")
    }

    private static func noVersion(_ version: Observation<PlatformVersion>?) -> String {
        guard case .unknown(let why)? = version else { return "say which version with --to" }
        return
            "the new deisctl does not tell its version (\(why)): name another one, or say which version with --to"
    }
}

extension PlatformSession {
    /// The version and the templates of a deisctl, which is run on a host of the cluster.
    fileprivate func view(of files: DeisctlFiles) async -> DeisctlView {
        let templates = files.package?.templateDigests
        return DeisctlView(
            version: await version(of: files),
            templates: templates.map { .seen($0) } ?? files.templates.map { $0.mapValues { _ in "" } })
    }

    private func version(of files: DeisctlFiles) async -> Observation<PlatformVersion> {
        guard let program = files.program.value else {
            return files.program.map { _ in PlatformVersion(0, 0, 0) }
        }
        let package = DeisctlPackage(program: program, templates: files.templates.value ?? [:])
        return await reading.version(of: package)
    }
}
