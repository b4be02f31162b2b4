extension PlatformCheck {
    /// The faults of both deisctl and of their templates, the platform's own and those of the version
    /// wanted.
    func toolHolds(_ installed: PlatformVersion) -> [PlatformHold] {
        DeisctlSide.allCases.flatMap { side in
            toolHolds(side, wanted: side == .old ? installed : wish.version)
        }
    }

    private func toolHolds(_ side: DeisctlSide, wanted: PlatformVersion) -> [PlatformHold] {
        guard let view = deisctls[side] else {
            return [.deisctlUnusable(side: side, why: "none was named")]
        }
        return versionHolds(view.version, side, wanted) + templateHolds(view.templates, side)
    }

    private func versionHolds(
        _ version: Observation<PlatformVersion>, _ side: DeisctlSide, _ wanted: PlatformVersion
    ) -> [PlatformHold] {
        switch version {
        case .unknown(let why): [.deisctlUnusable(side: side, why: why)]
        case .seen(wanted): []
        case .seen(let found): [.deisctlDiffers(side: side, found: found, wanted: wanted)]
        }
    }

    private func templateHolds(
        _ templates: Observation<[String: String]>, _ side: DeisctlSide
    ) -> [PlatformHold] {
        switch templates {
        case .unknown(let why): return [.templatesUnreadable(side: side, why: why)]
        case .seen(let found):
            let missing = PlatformTemplates.files.filter { found[$0] == nil }
            return missing.isEmpty ? [] : [.templatesMissing(side: side, files: missing)]
        }
    }
}
