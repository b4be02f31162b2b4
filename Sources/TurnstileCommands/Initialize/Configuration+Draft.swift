import Coordinator
import RolloutModel
import Settings

extension Configuration.HostAddress {
    /// As it stands under `hosts`.
    var draftValue: YAMLValue {
        guard let address else { return .text(specification) }
        let entries: [YAMLValue.Entry?] = [
            .init(key: "name", value: .text(name)), .init(key: "address", value: .text(address)),
            port.map { .init(key: "port", value: .text("\($0)")) },
            user.map { .init(key: "user", value: .text($0)) },
        ]
        return .map(entries.compactMap(\.self))
    }

    /// `user@name:port`
    private var specification: String {
        let place = port.map { name.contains(":") ? "[\(name)]:\($0)" : "\(name):\($0)" } ?? name
        return (user.map { "\($0)@" } ?? "") + place
    }
}

extension Configuration.SSHSettings {
    /// The settings by their keys under `ssh`; empty if none is set.
    var draftValues: [YAMLValue.Entry] {
        let config: String? =
            switch configFile {
            case .usual: nil
            case .file(let path): path
            case .ignored: "none"
            }
        let entries: [YAMLValue.Entry?] = [
            user.map { .init(key: "user", value: .text($0)) },
            port.map { .init(key: "port", value: .text("\($0)")) },
            identityFiles.map { .init(key: "identity-files", value: .list($0.map { .text($0) })) },
            knownHosts.map { .init(key: "known-hosts", value: .list($0.map { .text($0) })) },
            config.map { .init(key: "config", value: .text($0)) },
            connectTimeout.map {
                .init(key: "connect-timeout", value: .text("\($0.secondsRoundedUp)s"))
            },
        ]
        return entries.compactMap(\.self)
    }
}

extension OwnEtcdCheck.Place {
    /// By its keys under `gates.etcd`; none where the loader would not take one of them.
    var draftValues: [YAMLValue.Entry] {
        let files = [("ca-file", caFile), ("cert-file", certFile), ("key-file", keyFile)]
        let path = ConfigurationValue<String>.hostPath
        guard !urls.isEmpty, urls.allSatisfy({ ConfigurationValue<String>.etcdEndpoint.read($0) == $0 }),
            files.allSatisfy({ $0.1.map { path.read($0) != nil } ?? true })
        else { return [] }
        let endpoint: YAMLValue = urls.count == 1 ? .text(urls[0]) : .list(urls.map { .text($0) })
        return [.init(key: "endpoint", value: endpoint)]
            + files.compactMap { key, value in value.map { .init(key: key, value: .text($0)) } }
    }
}
