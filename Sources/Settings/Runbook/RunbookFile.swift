import Foundation
import RolloutModel
import Yams

/// A runbook's file, read and checked whole: nothing is begun by a file in which anything is wrong.
package struct RunbookFile {
    package var runbook: Runbook

    /// - Parameters:
    ///   - path: as the operator named it. Relative paths in the file are relative to the file.
    ///   - hosts: every host of the configuration. Stages may name no others.
    ///   - hasEnded: true for a stage that has ended, whose programs and templates may be gone.
    /// - Throws: `ConfigurationError` with everything that is wrong in the file.
    package static func read(
        _ path: String, hosts: [HostID], hasEnded: @escaping (StageName) -> Bool,
        environment: ConfigurationEnvironment = .live()
    ) throws(ConfigurationError) -> RunbookFile {
        let text = try TextFile.read(path, environment: environment)
        let absolute = environment.absolute(path, from: environment.workingDirectory)
        let folder = (absolute as NSString).deletingLastPathComponent
        return try RunbookFile(
            yaml: text,
            reader: RunbookStageReader(
                file: path, hosts: hosts, absolute: { environment.absolute($0, from: folder) },
                hasEnded: hasEnded))
    }

    /// - Throws: `ConfigurationError` with everything that is wrong in the text.
    init(yaml: String, reader: RunbookStageReader) throws(ConfigurationError) {
        var problems: [ConfigurationProblem] = []
        var stages: [RunbookStage] = []
        let node: ConfigurationSection?
        do throws(ConfigurationError) {
            node = try ConfigurationFile.compose(yaml, file: reader.file).flatMap {
                ConfigurationSection(
                    $0, name: "", file: reader.file, keys: RunbookKeys.top.names, problems: &problems)
            }
        } catch {
            throw ConfigurationError(error.problems, of: Self.subject)
        }
        if let node {
            node.demand("stages", "at least one stage", &problems)
            var seen = StageNames()
            for section in node.sections("stages", keys: RunbookKeys.stage.names, &problems) {
                let stage = reader.stage(section, &problems)
                if let stage { seen.take(stage.name, section, &problems) }
                stages += stage.map { [$0] } ?? []
            }
        } else if problems.isEmpty {
            problems.append(
                ConfigurationProblem(
                    file: reader.file, key: "stages",
                    fault: .unexpected(found: "nothing", expected: "at least one stage")))
        }
        guard problems.isEmpty else { throw ConfigurationError(problems, of: Self.subject) }
        runbook = Runbook(stages: stages)
    }

    private static let subject = "the runbook"
}

/// The names of stages so far, with the lines that have them.
private struct StageNames {
    private var lines: [StageName: Int?] = [:]

    mutating func take(
        _ name: StageName, _ section: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) {
        if let first = lines[name] {
            let place = first.map { ", as on line \($0)" } ?? ""
            section.report(
                "name", found: "'\(name)'\(place)", expected: "a name that no other stage has", &problems)
        }
        if lines[name] == nil { lines[name] = .some(section.node("name")?.mark?.line) }
    }
}
