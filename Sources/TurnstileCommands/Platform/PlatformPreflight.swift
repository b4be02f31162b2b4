import Coordinator
import RolloutModel
import Rollouts

/// What is known before an upgrade of the platform is begun.
struct PlatformPreflight {
    var wish: PlatformWish
    var facts: PlatformFacts
    var packages: [DeisctlSide: DeisctlPackage]
    /// Everything that holds it.
    var holds: [PlatformHold]
    /// nil where something needed for it is not known.
    var plan: PlatformPlan?

    /// Reads the platform, and runs both of deisctl for their versions alone.
    ///
    /// - Throws: `CommandFailure` where no version is wanted and the new deisctl tells none.
    static func of(
        _ options: PlatformUpgradeOptions, way: PlatformWish.Way, _ session: PlatformSession
    ) async throws -> PlatformPreflight {
        async let facts = session.reading.facts()
        async let isOnAmazon = session.reading.isOnAmazon()
        var files: [DeisctlSide: DeisctlFiles] = [:]
        var views: [DeisctlSide: DeisctlView] = [:]
        for side in DeisctlSide.allCases {
            let place = options.place(side)
            let read = await DeisctlFiles.read(
                place.program, templates: place.templates, shell: session.shell)
            files[side] = read
            views[side] = await session.view(of: read)
        }
        guard let version = options.to ?? views[.new]?.version.value else {
            throw CommandFailure(.usage, Self.noVersion(views[.new]?.version))
        }
        let wish = PlatformWish(
            way: way, version: version, keptImages: Set(options.keptImages),
            proxyProtocol: options.proxyProtocol.map { $0 == .on },
            asksForProxyProtocol: way == .inPlace ? await isOnAmazon : false)
        let check = await PlatformCheck(wish, facts, deisctls: views)
        return try await PlatformPreflight(
            wish: wish, facts: facts, packages: files.compactMapValues(\.package), holds: check.holds,
            plan: PlatformBaseline(facts).map {
                try PlatformPlan(wish, $0, isBackedUp: options.backedUp)
            })
    }

    private static func noVersion(_ version: Observation<PlatformVersion>?) -> String {
        guard case .unknown(let why)? = version else { return "say which version with --to" }
        return
            "the new deisctl does not tell its version (\(why)): name another one, or say which version with --to"
    }
}

extension PlatformSession {
    /// What a deisctl tells of itself on a host of the cluster.
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
