/// The etcd that a service starts, by its own command.
public enum EtcdLaunch: Hashable, Sendable {
    /// A program; under /usr it comes with the operating system's image.
    case program(String)
    /// An image of a container, with the version that its tag names.
    case container(image: String, version: String, isOfImage: Bool)
    /// The unit's command does not say which etcd it starts.
    case unclear(why: String)

    /// /usr is the image's, but for what an administrator may put below /usr/local.
    public static func isOfImage(program path: String) -> Bool {
        path.hasPrefix("/usr/") && !path.hasPrefix("/usr/local/")
    }

    public init(_ start: ServiceStart) {
        guard start.commands.count == 1, let command = start.commands.first else {
            self = .unclear(why: "it has \(start.commands.count) commands to start")
            return
        }
        let words = Self.expanded(ServiceStart.words(command.value), start)
        guard let first = words.first.map({ $0.drop { "-@!+:|".contains($0) } }), first.hasPrefix("/"),
            let name = first.split(separator: "/").last
        else {
            self = .unclear(why: "its command names no program by its path")
            return
        }
        switch name {
        case "etcd", "etcd2": self = .program(String(first))
        case "etcd-wrapper": self = Self.wrapped(start)
        default: self = Self.contained(words, in: command, start)
        }
    }

    /// etcd-member.service: coreos' and flatcar's etcd-wrapper take the image from these variables.
    private static func wrapped(_ start: ServiceStart) -> EtcdLaunch {
        if let whole = start.environment["ETCD_IMAGE"], !whole.value.isEmpty {
            return container(whole.value, isOfImage: whole.isOfImage)
        }
        guard let tag = start.environment["ETCD_IMAGE_TAG"], !tag.value.isEmpty else {
            return .unclear(why: "ETCD_IMAGE_TAG is not set for its etcd-wrapper")
        }
        let image = start.environment["ETCD_IMAGE_URL"]?.value ?? "quay.io/coreos/etcd"
        return container("\(image):\(tag.value)", isOfImage: tag.isOfImage)
    }

    /// `docker run`, `rkt run` and the like, or a shell with one of them.
    private static func contained(
        _ words: [String], in command: ServiceStart.Setting, _ start: ServiceStart
    ) -> EtcdLaunch {
        let pieces = words.flatMap { $0.split(whereSeparator: { " \t\"';".contains($0) }).map(String.init) }
        let images = Set(pieces.filter { isReference($0) })
        guard images.count == 1, let image = images.first else {
            return .unclear(
                why: images.isEmpty
                    ? "its command names no etcd image with a version"
                    : "its command names several etcd images")
        }
        // A tag that is a variable of the image's unit goes with the image.
        let tag = String(tail(image) ?? "")
        let isOfImage =
            command.isOfImage
            && !start.environment.values.contains { !$0.isOfImage && $0.value.contains(tag) }
        return container(image, isOfImage: isOfImage)
    }

    private static func container(_ reference: String, isOfImage: Bool) -> EtcdLaunch {
        guard let tag = tail(reference), let version = ProgramVersion(String(tag)) else {
            return .unclear(why: "its image \(reference.prefix(100).debugDescription) names no version")
        }
        return .container(
            image: String(reference.prefix(200)), version: version.description, isOfImage: isOfImage)
    }

    /// A name with etcd in it, a colon, and a version.
    private static func isReference(_ piece: String) -> Bool {
        guard !piece.hasPrefix("-"), let tag = tail(piece), ProgramVersion(String(tag)) != nil else {
            return false
        }
        let name = piece.dropLast(tag.count + 1).split(separator: "/").last ?? ""
        return name.contains("etcd")
    }

    private static func tail(_ reference: String) -> Substring? {
        guard let colon = reference.lastIndex(of: ":") else { return nil }
        let tag = reference[reference.index(after: colon)...]
        return tag.contains("/") || tag.isEmpty ? nil : tag
    }

    /// `${NAME}` anywhere, and `$NAME` as a whole word, as systemd puts them in.
    private static func expanded(_ words: [String], _ start: ServiceStart) -> [String] {
        words.map { word in
            if word.hasPrefix("$"), !word.hasPrefix("${") {
                return start.environment[String(word.dropFirst())]?.value ?? word
            }
            return braced(word[...], start)
        }
    }

    private static func braced(_ word: Substring, _ start: ServiceStart) -> String {
        var expanded = ""
        var rest = word
        while let (before, after) = rest.split(atFirst: "${"),
            let (name, tail) = after.split(atFirst: "}" as Unicode.Scalar)
        {
            expanded += before + (start.environment[String(name)]?.value ?? "${\(name)}")
            rest = tail
        }
        return expanded + rest
    }
}
