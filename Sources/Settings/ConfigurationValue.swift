import Coordinator
import Foundation
import HostFiles
import RolloutModel

/// A kind of value: how its text is read, and what an error says is allowed.
package struct ConfigurationValue<Value: Sendable>: Sendable {
    var expected: String
    package var read: @Sendable (String) -> Value?

    /// The value of a text, or the fault of one that is none.
    func value(of text: String) throws(ConfigurationValueFault) -> Value {
        guard let value = read(text) else {
            throw ConfigurationValueFault(found: text.quotedForError, expected: expected)
        }
        return value
    }
}

struct ConfigurationValueFault: Error {
    var found: String
    var expected: String

    var fault: ConfigurationProblem.Fault { .unexpected(found: found, expected: expected) }
}

extension ConfigurationValue where Value == Bool {
    static let truth = Self(expected: "true or false") { ["true": true, "false": false][$0] }
}

extension ConfigurationValue where Value == Int {
    static func whole(_ range: ClosedRange<Int>) -> Self {
        Self(expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
            guard $0.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let number = Int($0),
                range.contains(number)
            else { return nil }
            return number
        }
    }
}

extension ConfigurationValue where Value == String {
    /// As Ansible takes an IPv6 address, too.
    static let addressOrBracketed = Self(expected: address.expected) { text in
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.contains(":")
        return address.read(isBracketed ? String(text.dropFirst().dropLast()) : text)
    }
}

extension ConfigurationValue where Value == SSHOptions {
    static let sshOptions = Self(expected: "options of ssh, such as -J bastion") { SSHOptions($0) }
}

extension ConfigurationValue where Value == UInt16 {
    static let port = Self(expected: "a port from 1 to 65535") {
        ConfigurationValue<Int>.whole(1...65_535).read($0).map(UInt16.init)
    }
}

extension ConfigurationValue where Value == Duration {
    /// A whole number with its unit.
    static func duration(_ lowest: String = "1s", to highest: String = "24h") -> Self {
        let range = (span(lowest) ?? .zero)...(span(highest) ?? .zero)
        return Self(expected: "a duration from \(lowest) to \(highest), such as 90s or 2m") {
            span($0).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    private static func span(_ text: String) -> Duration? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }),
            let number = ConfigurationValue<Int>.whole(0...1_000_000).read(String(text.dropLast())),
            !text.dropLast().isEmpty
        else { return nil }
        return .seconds(number * unit)
    }
}

extension ConfigurationValue where Value == Version {
    static let release = Self(expected: "a release such as 1409.7.0") {
        ReleaseVersion($0).map { Version(rawValue: $0.description) }
    }
}

extension ConfigurationValue where Value == EngineRest {
    static let engineRest = Self(expected: "masked or as-found") { EngineRest(rawValue: $0) }
}

extension ConfigurationValue where Value == HostOrder {
    static let hostOrder = Self(expected: "given, leader-last or metadata:KEY") { HostOrder($0) }
}

extension ConfigurationValue where Value == MaintenanceWindow {
    static let window = Self(expected: "a window such as 22:00-04:00 or Mon-Fri,Sun 01:30-05:00") {
        MaintenanceWindow($0)
    }
}

extension ConfigurationValue where Value == GateSettings.Drift.Compare {
    static let settingsComparison = Self(expected: "odd-one-out, same or none") {
        GateSettings.Drift.Compare(rawValue: $0)
    }
}

extension ConfigurationValue where Value == CommitMethod {
    static let commitMethod = Self(expected: "engine or direct") { CommitMethod(rawValue: $0) }
}

extension ConfigurationValue where Value == HookPlace {
    static func hookPlace(of hook: Hook) -> Self {
        let expected =
            hook.concernsHost
            ? "host, for the one it is about, or a host's name" : "a host's name: it is about no single host"
        return Self(expected: expected) { text in
            guard text != "host" else { return hook.concernsHost ? .hostConcerned : nil }
            return ConfigurationValue<String>.hostName.read(text).map { .host(HostID($0)) }
        }
    }
}

extension ConfigurationValue where Value == UnitPattern {
    static let unitPattern = Self(expected: "the name of a unit, such as app.service or app@*") { text in
        let isPlain = text.utf8.allSatisfy { (0x21..<0x7f).contains($0) && $0 != UInt8(ascii: "/") }
        return isPlain && (1..<256).contains(text.utf8.count) ? UnitPattern(text) : nil
    }
}

extension ConfigurationValue where Value == LocksmithUse {
    static let locksmithUse = Self(expected: "auto, always or never") { LocksmithUse(rawValue: $0) }
}

/// The timer by which a host that was not committed goes back by itself.
struct DeadMan: Hashable, Sendable {
    /// nil where there is none.
    var minutes: Int?
}

extension ConfigurationValue where Value == DeadMan {
    static let deadMan = Self(expected: "off, or whole minutes from 1m to 1440m, such as 30m or 30") {
        guard $0 != "off" else { return DeadMan(minutes: nil) }
        let number = $0.hasSuffix("m") ? String($0.dropLast()) : $0
        guard !number.isEmpty else { return nil }
        return ConfigurationValue<Int>.whole(1...1440).read(number).map { DeadMan(minutes: $0) }
    }
}

extension ConfigurationValue where Value == String {
    static let user = Self(expected: "a user's name") { HostSpecification.isUser($0) ? $0 : nil }

    /// A name that is not taken for a name and a port.
    package static let hostName = Self(expected: "a host's name, such as core-1") {
        guard let host = HostSpecification($0), host.user == nil, host.port == nil, host.name == $0 else {
            return nil
        }
        return $0
    }

    static let address = Self(expected: "a host name or an address") {
        HostSpecification.isName($0) ? $0 : nil
    }

    /// A value that every reader of update.conf takes alike.
    package static let group = Self(expected: "a group such as stable, without blanks or quotes") {
        guard !$0.isEmpty, let empty = try? UpdateConfiguration("") else { return nil }
        return (try? empty.setting(.group, to: $0)) == nil ? nil : $0
    }

    static let updateServer = Self(expected: "an http or https address, without blanks or quotes") {
        isURL($0) && group.read($0) != nil ? $0 : nil
    }

    package static let etcdEndpoint = Self(
        expected: "an address such as http://127.0.0.1:2379, http://[::1]:2379 or http://{address}:2379"
    ) { EtcdEndpoint.url($0) }

    /// As curl's configuration can quote it.
    static let pageURL = Self(expected: "an http or https address, without blanks, quotes or backslashes") {
        isURL($0) && $0.utf8.allSatisfy { (0x21..<0x7f).contains($0) && $0 != 0x22 && $0 != 0x5c } ? $0 : nil
    }

    /// Only the minor version counts.
    static let etcdVersion = Self(expected: "a version of etcd such as 3.5 or 3.5.1") {
        let parts = $0.split(separator: ".", omittingEmptySubsequences: false)
        let number = ConfigurationValue<Int>.whole(0...1000)
        guard (2...3).contains(parts.count), parts.allSatisfy({ number.read(String($0)) != nil }) else {
            return nil
        }
        return $0
    }

    static let path = Self(expected: "a path, absolute, relative, or beginning with ~/") {
        let isOtherUsersHome = $0.hasPrefix("~") && $0 != "~" && !$0.hasPrefix("~/")
        return $0.isEmpty || isOtherUsersHome || $0.utf8.contains(where: { $0 < 0x20 }) ? nil : $0
    }

    package static let hostPath = Self(expected: "an absolute path on the hosts") {
        $0.hasPrefix("/") && !$0.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) ? $0 : nil
    }

    static let word = Self(expected: "a word") {
        $0.isEmpty || $0.utf8.contains(0) ? nil : $0
    }

    /// Goes onto the command line of a program.
    static let contextName = Self(
        expected: "the name of a context, as 'kubectl config get-contexts' lists them"
    ) {
        $0.hasPrefix("-") ? nil : word.read($0)
    }

    static let timeZone = Self(expected: "a time zone such as UTC or Europe/Berlin") {
        TimeZone(identifier: $0) == nil ? nil : $0
    }

    private static func isURL(_ text: String) -> Bool {
        ["http://", "https://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
    }
}

extension String {
    /// Quoted, and no longer than an error should be.
    package var quotedForError: String {
        isEmpty ? "nothing" : (count > 80 ? prefix(80) + "…" : self[...]).debugDescription
    }
}
