import RolloutModel

extension ConfigurationValue where Value == StageName {
    static let stageName = Self(expected: "a name of letters, digits, and the marks . _ + -, such as hosts") {
        PlainName.isPlain($0) ? StageName($0) : nil
    }
}

extension ConfigurationValue where Value == Plan.OnFailure {
    static let onFailure = Self(expected: "hold or rollback") { Plan.OnFailure(rawValue: $0) }
}

extension ConfigurationValue where Value == PlatformWish.Way {
    static let platformWay = Self(expected: "in-place, graceful or documented") {
        PlatformWish.Way(rawValue: $0)
    }
}

extension ConfigurationValue where Value == PlatformVersion {
    static let platformVersion = Self(expected: "a version of Deis such as 1.13.4") { PlatformVersion($0) }
}

extension ConfigurationValue where Value == PlatformComponent {
    static let platformComponent = Self(
        expected: "one of " + PlatformComponent.allCases.map(\.rawValue).joined(separator: ", ")
    ) { PlatformComponent(rawValue: $0) }
}

extension ConfigurationValue where Value == DeisctlPlace {
    static let deisctlPlace = Self(expected: "a path here, or HOST:PATH with an absolute path there") {
        text in
        guard let place = DeisctlPlace(text) else { return nil }
        switch place {
        case .here(let path): return ConfigurationValue<String>.path.read(path) == nil ? nil : place
        case .host(_, let path): return ConfigurationValue<String>.hostPath.read(path) == nil ? nil : place
        }
    }
}

extension ConfigurationValue where Value == Bool {
    static let onOrOff = Self(expected: "on or off") { ["on": true, "off": false][$0] }
}

extension ConfigurationValue where Value == String {
    /// As `--override` takes it.
    static let reason = Self(expected: "the reason, in one line of at most 500 bytes") { text in
        let isLine = !text.contains(where: \.isNewline) && text.utf8.count <= 500
        return isLine && text.contains(where: { !$0.isWhitespace }) ? text : nil
    }

    static let controllerURL = Self(expected: "an address such as http://deis.example.com") {
        $0.isControllerURL ? $0.withoutSlash : nil
    }
}
