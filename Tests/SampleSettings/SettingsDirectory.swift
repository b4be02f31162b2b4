import Foundation
import Settings

/// Files that settings are loaded from, in a directory of its own that goes with the test.
package enum SettingsDirectory {
    /// Runs `body` with the files there, in the working directory.
    package static func with(
        _ files: [String: String], _ body: (ConfigurationEnvironment) throws -> Void
    ) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "turnstile-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }  // The system clears what is left.
        for (name, text) in files {
            let file = directory.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(
            ConfigurationEnvironment(
                home: "/home/ann", workingDirectory: directory.path(percentEncoded: false), userName: "ann"))
    }

    package static func load(
        _ environment: ConfigurationEnvironment, path: String? = nil,
        _ change: (inout ConfigurationOverrides) -> Void = { _ in }
    ) throws(ConfigurationError) -> Configuration {
        var overrides = ConfigurationOverrides()
        change(&overrides)
        return try Configuration.load(path: path, overrides: overrides, environment: environment) { _, _ in }
    }
}
