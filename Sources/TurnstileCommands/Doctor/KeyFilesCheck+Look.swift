import RolloutModel
import SSH
import Settings

extension KeyFilesCheck {
    /// - Parameters:
    ///   - named: the files that turnstile.yaml or an option names.
    ///   - destinations: of all hosts, with the files that their ssh configuration names.
    init(named: [String]?, destinations: [SSHDestination]) {
        let named = Set(named ?? [])
        let paths = destinations.flatMap(\.identityFiles).reduce(into: [String]()) { paths, path in
            if !paths.contains(path) { paths.append(path) }
        }
        self.init(
            files: paths.map {
                File(path: $0, isNamed: named.contains($0), state: State(KeyFileState(path: $0)))
            },
            hasAgent: destinations.contains { if case .socket = $0.agent { true } else { false } })
    }
}

extension KeyFilesCheck.State {
    fileprivate init(_ state: KeyFileState) {
        switch state {
        case .usable: self = .usable
        case .missing: self = .missing
        case .open(let mode): self = .open(mode: mode)
        case .unreadable(let why): self = .unreadable(why: why)
        }
    }
}
