import Digest
import Foundation
import RolloutJournal
import RolloutModel

extension Configuration {
    /// For a journal to keep, so that a resume can say what is different.
    var mark: ConfigurationMark {
        get throws { ConfigurationMark(digest: try digest, settings: try settings) }
    }

    /// Stands for everything in it, in hexadecimal.
    var digest: String {
        get throws { SHA256.hexDigest(try encoded) }
    }

    /// What a rollout is driven by, each setting by its key in `turnstile.yaml`: how hosts are reached is no part of it.
    var settings: [String: String] {
        get throws {
            var settings: [String: String] = [:]
            Self.flatten(
                try JSONDecoder().decode(JSONValue.self, from: Data(try encoded)), at: [], into: &settings)
            // It is a value of its own, and not a section.
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

/// How a setting is called in `turnstile.yaml`.
enum SettingName {
    /// - Parameter path: in this program's own configuration.
    static func key(_ path: [String]) -> String {
        let own = path.joined(separator: ".")
        if let name = names[own] { return name }
        var parts = path.filter { $0 != "settings" && $0 != "commands" }
        if let last = parts.popLast() { parts.append(kebab(last)) }
        return parts.joined(separator: ".")
    }

    /// What an operator wrote may hold a secret: a hook's words, a page's address.
    static func isShown(_ path: [String]) -> Bool { !path.contains("commands") && !path.contains("pages") }

    static func unit(_ path: [String]) -> String {
        if path.first == "timeouts" || path.last?.hasSuffix("Seconds") == true { return " s" }
        return path.last?.contains("inutes") == true ? " min" : ""
    }

    static func digest(_ value: JSONValue) -> String {
        digestPrefix + SHA256.hexDigest(Array(text(value).utf8)).prefix(16)
    }

    static let digestPrefix = "sha256:"

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
