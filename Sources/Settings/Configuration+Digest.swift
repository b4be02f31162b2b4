import Digest
import Foundation
import RolloutJournal
import RolloutModel

extension Configuration {
    /// The mark that a journal keeps, so that a resume can tell the differences.
    package var mark: ConfigurationMark {
        get throws { ConfigurationMark(digest: try digest, settings: try settings) }
    }

    /// The digest of the whole configuration, in hexadecimal.
    var digest: String {
        get throws { SHA256.hexDigest(try encoded) }
    }

    /// The settings that drive a rollout, by their keys in `turnstile.yaml`. Settings of how hosts are reached are left
    /// out.
    var settings: [String: String] {
        get throws {
            var settings: [String: String] = [:]
            Self.flatten(
                try JSONDecoder().decode(JSONValue.self, from: Data(try encoded)), at: [], into: &settings)
            // `update.order` is encoded as a section, and is one value in `turnstile.yaml`.
            settings = settings.filter { !$0.key.hasPrefix("update.order") }
            settings["update.order"] = update.order.description
            return settings
        }
    }

    private var encoded: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return [UInt8](try encoder.encode(self))
        }
    }

    private static let sections: Set<String> = ["update", "gates", "hooks", "timeouts"]

    private static func flatten(
        _ value: JSONValue, at path: [String], into settings: inout [String: String]
    ) {
        switch value {
        case .object(let object) where path.count < (path.first == "hooks" ? 3 : 4):
            for (key, value) in object where !path.isEmpty || sections.contains(key) {
                flatten(value, at: path + [key], into: &settings)
            }
        case .object, .list:
            settings[SettingName.key(path)] = SettingName.digest(value)
        case .plain(let text):
            settings[SettingName.key(path)] =
                SettingName.isShown(path)
                ? text + SettingName.unit(path) : SettingName.digest(value)
        }
    }
}

/// The names of settings in `turnstile.yaml`.
enum SettingName {
    /// - Parameter path: the path of the setting in the encoded `Configuration`.
    static func key(_ path: [String]) -> String {
        let own = path.joined(separator: ".")
        if let name = names[own] { return name }
        var parts = path.filter { !["settings", "commands", "apart"].contains($0) }
        if let last = parts.popLast() { parts.append(kebab(last)) }
        return parts.joined(separator: ".")
    }

    /// False for an operator's texts that may hold a secret: a hook's command, a page's address.
    static func isShown(_ path: [String]) -> Bool { !path.contains("commands") && !path.contains("pages") }

    static func unit(_ path: [String]) -> String {
        if path.first == "timeouts" || path.last?.hasSuffix("Seconds") == true { return " s" }
        return path.last?.contains("inutes") == true ? " min" : ""
    }

    static func digest(_ value: JSONValue) -> String {
        ConfigurationMark.digestPrefix + SHA256.hexDigest(Array(text(value).utf8)).prefix(16)
    }

    private static let names = [
        "update.engineRest": "update.leave-update-engine",
        "update.deadManMinutes": "update.dead-man",
        "gates.pages": "gates.http",
        "gates.hasPerHost": "gates.window.per-host",
        "gates.intervalSeconds": "gates.etcd.interval",
        "gates.timeZone": "gates.window.zone",
        "gates.etcdEndpoint.url": "gates.etcd.endpoint",
        "gates.etcdEndpoint.tls.caFile": "gates.etcd.ca-file",
        "gates.etcdEndpoint.tls.certFile": "gates.etcd.cert-file",
        "gates.etcdEndpoint.tls.keyFile": "gates.etcd.key-file",
        "gates.kubernetes.drainTimeoutSeconds": "gates.kubernetes.drain-timeout",
        "gates.kubernetes.deletesEmptyDirData": "gates.kubernetes.delete-emptydir-data",
        "gates.settings.asksForNodes": "gates.kubernetes.enabled",
        "gates.settings.fleet.waitsForUnits": "gates.fleet.units",
        "gates.settings.waitsForDeis": "gates.deis.enabled",
        "gates.settings.windows.open": "gates.window.open",
        "gates.settings.windows.minutesPerHost": "gates.window.per-host",
    ]

    /// `skewSeconds` is `skew`.
    private static func kebab(_ name: String) -> String {
        let bare = name.hasSuffix("Seconds") ? name.dropLast("Seconds".count) : name[...]
        return bare.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .plain(let text): "\(text.utf8.count):\(text)"
        case .list(let list): "[\(list.map(text).joined(separator: ","))]"
        case .object(let object):
            "{\(object.sorted { $0.key < $1.key }.map { "\($0.key)=\(text($0.value))" }.joined(separator: ","))}"
        }
    }
}
