import Foundation
import RolloutModel
import SampleSettings
import Settings
import Testing

@testable import TurnstileCommands

/// The look at the operator's machine, from real files.
@Suite struct LocalLookTests {
    static func look(
        _ yaml: String, variables: [String: String] = ["PATH": "/usr/bin:/bin"],
        _ body: (LocalLook) throws -> Void
    ) throws {
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            var environment = environment
            environment.variables = variables
            try body(LocalLook(try SettingsDirectory.load(environment), environment: environment))
        }
    }

    /// Variables, a configuration, and what is said; nil where there is nothing to warn of.
    static let proxies: [(variables: [String: String], yaml: String, warning: String?)] = [
        ([:], "gates: {kubernetes: {enabled: true}}\n", nil),
        (["HTTPS_PROXY": ""], "gates: {kubernetes: {enabled: true}}\n", nil),
        (["HTTPS_PROXY": "http://me:secret@proxy:3128"], "hosts: [a]\n", nil),
        (
            ["HTTPS_PROXY": "http://me:secret@proxy:3128", "NO_PROXY": "10.0.0.0/8"],
            "gates: {kubernetes: {enabled: true}}\n",
            "kubectl goes by HTTPS_PROXY=http://proxy:3128, but for 10.0.0.0/8"
        ),
        (
            ["all_proxy": "proxy"], "gates: {http: [{url: \"http://a/\"}]}\n",
            "gates.http, goes by all_proxy=proxy"
        ),
    ]

    @Test(arguments: proxies) func proxiesAreNamedWithoutTheirPasswords(
        variables: [String: String], yaml: String, warning: String?
    ) throws {
        try Self.look(yaml, variables: variables) { look in
            let finding = look.proxies
            #expect(finding.verdict == (warning == nil ? .ok : .warning), "\(finding)")
            #expect(!finding.said.contains("secret"))
            if let warning { #expect(finding.said.contains(warning), "\(finding.said)") }
        }
    }

    /// Settings that lead to a file or a program which is not there.
    @Test(arguments: [
        ("hooks: {gate: [/nowhere/is-quiet]}\n", "'/nowhere/is-quiet' of hooks.gate cannot be run"),
        ("hooks: {gate: [no-such-program-x]}\n", "'no-such-program-x' of hooks.gate cannot be run"),
        ("agent: {signers: signers}\n", "of agent.signers cannot be read"),
        (
            "gates: {kubernetes: {enabled: true, kubeconfig: /nowhere/admin.conf}}\n",
            "'/nowhere/admin.conf' of gates.kubernetes.kubeconfig cannot be read"
        ),
    ]) func settingsThatLeadNowhereAreNamed(yaml: String, said: String) throws {
        try Self.look(yaml) { look in
            let found = look.settings
            #expect(
                found.count == 1 && found[0].verdict == .fault && found[0].said.contains(said), "\(found)")
            let key =
                yaml.contains("kubeconfig")
                ? "kubeconfig" : yaml.contains("signers") ? "agent.signers" : "hooks.gate"
            #expect(found[0].fix?.text().contains(key) == true, "\(found)")
        }
    }

    @Test func hooksOfHostsAndProgramsThatAreThereAreInOrder() throws {
        try Self.look("hooks: {gate: {on: host, run: [/nowhere/x]}, after-host: [sh]}\n") { look in
            #expect(look.settings == [.ok(.settings, .here, "ssh, sh")])
        }
    }

    // MARK: The journal's directory

    @Test func theJournalsDirectoryIsLookedAt() throws {
        try SettingsDirectory.with(["file": "", "open/x": "", "own/x": ""]) { environment in
            let root = environment.workingDirectory
            for (name, mode) in [("open", 0o777), ("own", 0o700)] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: root + "/" + name)
            }
            func verdict(_ name: String) -> [Checkup.Verdict] {
                JournalPlaceCheck(path: "\(root)/\(name)", .read("\(root)/\(name)")).findings.map(\.verdict)
            }
            #expect(verdict("own") == [.ok] && verdict("open") == [.fault])
            #expect(verdict("file") == [.fault] && verdict("file/x/y") == [.fault])
            #expect(verdict("own/a/b/c") == [.ok])
            #expect(!FileManager.default.fileExists(atPath: root + "/own/a"), "nothing is made")
            guard case .missing(let parent, let path) = JournalPlaceCheck.Place.read("\(root)/own/a/b") else {
                Issue.record("it is not there")
                return
            }
            #expect(parent.isWritable && path.hasSuffix("/own") && (parent.freeBytes ?? 0) > 0)
        }
    }

    @Test func theOwnerOfTheJournalsDirectoryIsLookedAt() throws {
        try SettingsDirectory.with(["own/x": ""]) { environment in
            let own = environment.workingDirectory + "/own"
            let before = try Self.directory(own)
            #expect(!before.isForeign)
            // Only root can give a directory away. Others find one of root's at the top.
            let isGiven = chown(own, 12345, gid_t.max) == 0
            let after = try Self.directory(isGiven ? own : "/")
            #expect(after.isForeign)
        }
    }

    private static func directory(_ path: String) throws -> JournalPlaceCheck.Directory {
        guard case .directory(let directory) = JournalPlaceCheck.Place.read(path) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return directory
    }
}
