/// An act of a procedure. No act stops a part that must keep serving.
public enum PlatformAct: StepAct {
    /// A command of deisctl's about units. Each unit is given by its own name.
    case deisctl(DeisctlSide, DeisctlVerb, [PlatformUnit])
    /// The publisher is stopped, and meanwhile every application's address is kept in etcd.
    case quietPublisher(DeisctlSide)
    /// Addresses of containers that are gone get the publisher's TTL again.
    case releaseAddresses
    case setVersion(PlatformVersion)
    /// The setting of the PROXY protocol is written. A nil takes the setting away.
    case setProxyProtocol(Bool?)
    /// The old deisctl's `upgrade-prep` is run, as the documents have it for the graceful way.
    case upgradePrep(isStateless: Bool)
    /// The new deisctl's `upgrade-takeover` is run. Applications are off the air for a time.
    case upgradeTakeover(isStateless: Bool)
    /// The units are renewed: an old unit is taken away, a missing unit is installed, and an idle unit is
    /// started.
    case renew([PlatformUnit])
    /// The version of before is set again, and the old deisctl starts these units. A unit takes its image
    /// by the version when it starts.
    case revert(to: PlatformVersion, [PlatformUnit])
    case backUp
    /// The act does nothing: the step is its proof.
    case look
}

extension PlatformAct {
    /// True if the platform is another one after the act.
    var changesPlatform: Bool {
        switch self {
        case .backUp, .look: false
        case .deisctl, .quietPublisher, .releaseAddresses, .setVersion, .setProxyProtocol, .upgradePrep,
            .upgradeTakeover, .renew, .revert:
            true
        }
    }
}

/// The names of values in a journal.
extension PlatformAct {
    enum DeisctlCodingKeys: String, CodingKey {
        case _0 = "side"
        case _1 = "verb"
        case _2 = "units"
    }

    enum QuietPublisherCodingKeys: String, CodingKey {
        case _0 = "side"
    }

    enum SetVersionCodingKeys: String, CodingKey {
        case _0 = "version"
    }

    enum SetProxyProtocolCodingKeys: String, CodingKey {
        case _0 = "isOn"
    }

    enum RenewCodingKeys: String, CodingKey {
        case _0 = "units"
    }

    enum RevertCodingKeys: String, CodingKey {
        case to = "version"
        case _1 = "units"
    }
}

/// The commands of deisctl's that a procedure uses.
public enum DeisctlVerb: String, Codable, Hashable, Sendable, CaseIterable {
    case stop, start, install, uninstall
}

extension PlatformAct: CustomStringConvertible {
    public var description: String {
        switch self {
        case .deisctl(let side, let verb, let units): "\(verb.rawValue) \(units.text) (\(side) deisctl)"
        case .quietPublisher: "stop the publisher, and keep every application's address in etcd"
        case .releaseAddresses: "let go the addresses of containers that are gone"
        case .setVersion(let version): "set the platform's version to \(version.tag)"
        case .setProxyProtocol(let isOn?): "set the routers' PROXY protocol \(isOn ? "on" : "off")"
        case .setProxyProtocol(nil): "take the setting of the routers' PROXY protocol away"
        case .upgradePrep: "run upgrade-prep (old deisctl)"
        case .upgradeTakeover: "run upgrade-takeover (new deisctl): applications do not answer for a time"
        case .renew(let units): "install and start what is not new of \(units.text) (new deisctl)"
        case .revert(let version, let units):
            "set the version to \(version.tag) again, and start \(units.text) (old deisctl)"
        case .backUp: "back up Deis' keys in etcd, and fleet's jobs and units"
        case .look: "look"
        }
    }

    /// The longest time that the command itself is waited for. The effect of a command goes on
    /// without it, so a command that waits for ever is ended by us.
    public var commandTime: Duration {
        switch self {
        case .upgradePrep, .upgradeTakeover: .seconds(2400)
        case .backUp: .seconds(600)
        case .deisctl, .quietPublisher, .releaseAddresses, .setVersion, .setProxyProtocol, .renew, .revert,
            .look:
            .seconds(60)
        }
    }
}
