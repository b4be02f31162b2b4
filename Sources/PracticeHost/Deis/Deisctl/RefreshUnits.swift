#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// `refresh-units`: takes the texts of a release from where the real one downloads them, one by one and in place.
struct RefreshUnits: Sendable {
    let console: DeisctlConsole
    let manner: DeisctlManner
    /// How many files come before the network is gone; nil: all of them.
    var filesUntilCut: Int?

    private static let root = "https://raw.githubusercontent.com/deis/deis/"

    func run(directory: String, tag: String) throws(DeisctlError) {
        var left = filesUntilCut
        try make(directory + "/decorators")
        for component in DeisComponent.allCases {
            let unit = component.unitPrefix
            let file = manner.hasGracefulUpgrade ? "\(unit) unit" : "\(unit).service"
            let text = UnitTemplateText.text(of: component, tag: tag)
            try fetch("\(tag)/deisctl/units/\(unit).service", text, to: "\(directory)/\(unit).service", &left)
            console.out("Refreshed \(file) from \(tag)\n")
            guard manner.hasGracefulUpgrade else { continue }
            guard let decorator = UnitTemplateText.decorator(of: component) else {
                console.out("Decorator for \(unit) not found in \(tag)\n")
                continue
            }
            let name = "decorators/\(unit).service.decorator"
            try fetch("\(tag)/deisctl/units/\(name)", decorator, to: "\(directory)/\(name)", &left)
            console.out("Refreshed \(unit) decorator from \(tag)\n")
        }
    }

    private func fetch(
        _ address: String, _ text: String, to path: String, _ left: inout Int?
    ) throws(DeisctlError) {
        if let count = left {
            guard count > 0 else {
                throw DeisctlError(
                    """
                    Get "\(Self.root)\(address)": dial tcp: lookup raw.githubusercontent.com on 10.255.255.53:53: \
                    dial udp 10.255.255.53:53: connect: network is unreachable
                    """)
            }
            left = count - 1
        }
        do {
            try TextFile.write(text, to: path)
        } catch {
            throw DeisctlError("\(error)")
        }
    }

    private func make(_ directory: String) throws(DeisctlError) {
        do {
            try TextFile.makeDirectory(directory)
        } catch {
            throw DeisctlError("\(error)")
        }
    }
}
