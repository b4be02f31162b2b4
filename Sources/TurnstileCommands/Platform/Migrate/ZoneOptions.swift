import ArgumentParser
import RolloutModel

/// The options that say which names are a zone's own, where the rule is wrong.
struct ZoneOptions: ParsableArguments {
    @Option(
        name: .customLong("apex"),
        help: ArgumentHelp(
            "This name is a zone's own, and may be no CNAME; may be given again. (default: as for example.com and example.co.uk)",
            valueName: "name"))
    var apexNames: [DomainName] = []

    @Option(
        name: .customLong("no-apex"),
        help: ArgumentHelp("This name is no zone's own; may be given again.", valueName: "name"))
    var otherNames: [DomainName] = []

    var apexes: ZoneApexes { ZoneApexes(named: Set(apexNames), others: Set(otherNames)) }

    func validate() throws {
        guard let name = apexNames.first(where: { otherNames.contains($0) }) else { return }
        throw ValidationError("'\(name)': either --apex or --no-apex")
    }
}

extension DomainName: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
