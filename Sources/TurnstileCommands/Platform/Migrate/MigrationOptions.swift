import ArgumentParser
import Foundation
import RolloutModel
import Settings

/// The options that name the two clusters of a migration. A record keeps them for the commands that follow.
struct MigrationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The old controller, such as http://deis.old.example.com.", valueName: "url"))
    var old: String?

    @Option(help: ArgumentHelp("The new controller.", valueName: "url"))
    var new: String?

    @Option(
        help: ArgumentHelp(
            "A file with an administrator's token of the old controller: the token alone, or a client.json of deis. "
                + "(default: asked for)", valueName: "file"))
    var oldTokenFile: String?

    @Option(help: ArgumentHelp("The same of the new controller.", valueName: "file"))
    var newTokenFile: String?

    @Option(
        name: .customLong("old-router"),
        help: ArgumentHelp(
            "A router of the old cluster; may be given again. (default: each application's own name)",
            valueName: "address"))
    var oldRouters: [String] = []

    @Option(
        name: .customLong("new-router"),
        help: ArgumentHelp(
            "A router of the new cluster: name each. Applications are proved through all of them.",
            valueName: "address"))
    var newRouters: [String] = []

    @Option(
        help: ArgumentHelp("The old registry as the new hosts reach it.", valueName: "host:port"))
    var registry: String?

    @Option(
        help: ArgumentHelp(
            "A directory with NAME.crt and NAME.key for domains that have a certificate.",
            valueName: "directory"))
    var certificates: String?

    @Option(
        name: .customLong("rename"),
        help: ArgumentHelp(
            "Give an application another id; may be given again, and is kept. APP=APP gives its own back.",
            valueName: "old=new"),
        transform: MigrationPlan.Rename.read)
    var renames: [MigrationPlan.Rename] = []

    func validate() throws {
        for (name, url) in [("--old", old), ("--new", new)] {
            guard let url, !url.isControllerURL else { continue }
            throw ValidationError("\(name) \(url): an address such as http://deis.example.com")
        }
        for router in oldRouters + newRouters where !router.isPlace {
            throw ValidationError("'\(router)': a router is an address such as 10.0.0.11")
        }
        if let registry, !registry.isPlace {
            throw ValidationError("--registry \(registry): a place such as 10.0.0.11:5000")
        }
        if let fault = renames.fault { throw ValidationError(fault) }
    }

    /// A plan as these options have it, over the one that there is.
    ///
    /// - Returns: nil where the clusters are not named.
    func plan(over earlier: MigrationPlan?) -> MigrationPlan? {
        guard let oldURL = old?.withoutSlash ?? earlier?.old.url,
            let newURL = new?.withoutSlash ?? earlier?.new.url
        else { return nil }
        return MigrationPlan(
            id: earlier?.id ?? Self.newID,
            old: .init(
                url: oldURL, tokenFile: oldTokenFile?.absolutePath ?? earlier?.old.tokenFile,
                routers: oldRouters.isEmpty ? earlier?.old.routers ?? [] : oldRouters),
            new: .init(
                url: newURL, tokenFile: newTokenFile?.absolutePath ?? earlier?.new.tokenFile,
                routers: newRouters.isEmpty ? earlier?.new.routers ?? [] : newRouters),
            registry: registry ?? earlier?.registry,
            certificates: certificates?.absolutePath ?? earlier?.certificates,
            renames: newIDs(over: earlier?.renames ?? []))
    }

    /// The ids that were given before, and those of this command. An application that is named again gets the newer id.
    private func newIDs(over earlier: [MigrationPlan.Rename]) -> [MigrationPlan.Rename] {
        earlier.filter { kept in !renames.contains { $0.old == kept.old } } + renames
    }

    private static var newID: String {
        "m-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    }
}

extension ApplicationID: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension String {
    /// True for a host's name or address, with or without a port.
    fileprivate var isPlace: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || [".", "-", ":", "[", "]"].contains(Character(Unicode.Scalar(byte)))
            }
    }
}
