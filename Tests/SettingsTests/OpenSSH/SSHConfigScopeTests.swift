import Foundation
import RolloutModel
import Testing

@testable import Settings

@Suite struct SSHConfigScopeTests {
    static let configurations: [String] = [
        "",
        "User jane\nPort 2022\n",
        "Host db-* !db-9\n  Port 2022\n  IdentityFile ~/keys/%h\nHost web-?\n User www\nHost *\n ServerAliveInterval 5\n",
        "Host=db-1\n  HostName=10.0.0.1\nhost db-*\n\tuser dba\n",
        "Host db-*\n  HostName gateway\n  HostKeyAlias db\n",
        "Host *\n  HostName db-2\n",
        "Host DB-* Db-1\n  Port 7\n",
        "  # Host db-1\n\n Host *.example db-*\n  ProxyJump none\n",
    ]

    static let names = [
        "db-1", "db-2", "db-9", "db-33", "web-1", "web-22", "x.example", "10.0.0.7", "DB-1", "fd00::1",
    ]

    /// Where an answer is reused for another host, ssh itself must give the same answer.
    @Test(arguments: configurations) func anAnswerThatIsSharedIsWhatSSHWouldHaveSaid(text: String)
        async throws
    {
        let directory = FileManager.default.temporaryDirectory.appending(path: "turnstile-scope-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "config")
        try Data(text.utf8).write(to: file)
        let lookup = SSHConfigLookup(
            settings: SSHConfigTests.settings(configFile: .file(file.path(percentEncoded: false))),
            environment: SSHConfigTests.environment)
        let scope = lookup.scope(nil)
        #expect(!scope.isOpaque)
        var answers: [String: SSHConfigAnswer] = [:]
        for name in Self.names { answers[name] = try await lookup.result(for: SSHJump(host: name)).get() }
        for (name, answer) in answers {
            for (other, its) in answers where other != name {
                guard let kind = scope.kind(of: name), kind == scope.kind(of: other),
                    let shared = scope.answer(its, about: other, for: name)
                else { continue }
                #expect(shared == answer, "\(other)'s for \(name)")
            }
        }
    }

    @Test func hostsOfOnePatternAreOfAKind() {
        let scope = SSHConfigScope(["Host db-* !db-9\nHost core-1\n"])
        #expect(scope.kind(of: "db-1") == scope.kind(of: "db-2"))
        #expect(scope.kind(of: "db-1") != scope.kind(of: "web-1"))
        for name in ["db-9", "core-1", "Web-1", "fd00::1"] { #expect(scope.kind(of: name) == nil, "\(name)") }
    }

    @Test(arguments: [
        "Match host db-*\n  User x\n", "match exec \"true\"\n", "Host \"db 1\"\n", "Host db-1 # one\n",
        "CanonicalizeHostname yes\n", "IdentityFile ~/keys/%C\n", "Include ~bob/config\n",
        "Include $DIR/config\n",
        "HostName %h.example\n",
        "UserKnownHostsFile ~/known/%h\n", "IdentityAgent /run/%n\n", "Host a\n  Include nowhere\n",
    ]) func whatMayTellHostsApartOtherwiseLeavesItToSSH(text: String) {
        #expect(SSHConfigScope([text]).kind(of: "db-1") == nil)
    }

    @Test(arguments: [
        ("-o ProxyCommand='nc %h %p' -i ~/%h", false), ("-o CanonicalizeHostname=yes", true),
        ("-o UserKnownHostsFile=~/k/%h", true), ("-i -o -o Port=7", false), ("-o ControlPath=/c/%C", false),
        ("-i /k/%C", true),
        ("-o HostName=%h.example", true),
    ]) func theOptionsOfAHostCount(options: String, isOpaque: Bool) throws {
        let scope = SSHConfigScope(["Host db-*\n"]).behind(try #require(SSHOptions(options)))
        #expect(scope.isOpaque == isOpaque)
    }

    @Test func includedFilesCount() {
        let files = ["conf.d/*": ["Host db-*\n  Include more\n"], "more": ["Host web-1\n"]]
        let scope = SSHConfigScope(["Include conf.d/*\n"]) { files[String($0)] }
        #expect(scope.kind(of: "db-1") != scope.kind(of: "x-1") && scope.kind(of: "web-1") == nil)
        let quoted = SSHConfigScope(["Include \"conf.d/*\" 'more'\n"]) { files[$0] }
        #expect(quoted.kind(of: "db-1") != quoted.kind(of: "x-1") && quoted.kind(of: "web-1") == nil)
        // A file that includes itself has no end.
        #expect(SSHConfigScope(["Include more\n"]) { _ in ["Include more\n"] }.isOpaque)
    }
}
