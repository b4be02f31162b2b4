import Coordinator
import RolloutModel
import Rollouts
import SSH
import Testing

/// Login shells of all kinds: each runs the same program, whatever it is itself, and whatever its own start sets.
@Suite(.serialized) struct LoginShellTests {
    /// The user's login shell, with the line in `$SSH_ORIGINAL_COMMAND` to run.
    static let shells = [
        "exec /bin/dash -c \"$SSH_ORIGINAL_COMMAND\"", "exec /bin/bash -c \"$SSH_ORIGINAL_COMMAND\"",
        "exec /usr/bin/tcsh -c \"$SSH_ORIGINAL_COMMAND\"", "exec /usr/bin/fish -c \"$SSH_ORIGINAL_COMMAND\"",
        // Lines that a .bashrc may have before the line is run.
        "set -eu; eval \"$SSH_ORIGINAL_COMMAND\"",
        "exec /bin/bash -c 'shopt -s expand_aliases; alias printf=false cat=false; eval \"$SSH_ORIGINAL_COMMAND\"'",
        "head -c 2000000 /dev/zero | tr '\\0' x; eval \"$SSH_ORIGINAL_COMMAND\"",
    ]

    private static func with(
        _ login: String, _ body: @escaping @Sendable (PrivateServer, HostShell) async throws -> Void
    ) async throws {
        try await PrivateServer.with(["ForceCommand \(login)"]) { server in
            let route = try server.route()
            let shell = HostShell.ssh(logger: .quiet) { _ in .success(route) }
            try await body(server, shell)
            await shell.disconnect(HostID("box"))
        }
    }

    /// Everything that one shell or another takes for its own.
    static let program: HostCommand.StaticText = #"""
        # a comment: it's "!" and `false` $HOME
        word='it'\''s'
        printf '%s\n' "$word" 'back\slash' "\$HOME" '100%' '!!' '~' '{a,b}' '*' "tab	é" '\101'
        for each in 1 2; do
            IFS= read -r line && echo "$each $line"
        done
        set -- ${nothing+x} "$@"; printf '%s|' "$unset" "$#"
        false
        exit 3
        """#

    @Test(arguments: shells) func aProgramMeansTheSameToEveryLoginShell(login: String) async throws {
        try await Self.with(login) { _, shell in
            let command = HostCommand(
                Self.program, input: Array("in\nput\n".utf8), deadline: .seconds(300))
            let result = try await shell.run(HostID("box"), command)
            #expect(result.errorText == "")
            #expect(
                String(decoding: result.output, as: UTF8.self)
                    == "it's\nback\\slash\n$HOME\n100%\n!!\n~\n{a,b}\n*\ntab\té\n\\101\n1 in\n2 put\n|0|")
            #expect(result.exitStatus == 3)
        }
    }

    @Test(arguments: shells) func anAuditIsAnsweredByEveryLoginShell(login: String) async throws {
        try await Self.with(login) { _, shell in
            let audit = await shell.audit([HostID("box")], pace: AuditPace(deadline: .seconds(300)))[0]
            if login.contains("2000000") {
                #expect(audit.fault?.contains("Look at what its login shell prints") == true, "\(audit)")
            } else {
                #expect(audit.fault == nil, "\(audit)")
            }
        }
    }

    @Test func aGreetingWithoutEndIsNamed() async throws {
        try await Self.with("head -c 6000000 /dev/zero; eval \"$SSH_ORIGINAL_COMMAND\"") { _, shell in
            let command = HostCommand("echo in", deadline: .seconds(300))
            for converses in [false, true] {
                let fault = await #expect(throws: HostFault.self) {
                    if converses {
                        _ = try await shell.converse(HostID("box"), command) { _ in }
                    } else {
                        _ = try await shell.run(HostID("box"), command)
                    }
                }
                let why = fault?.why ?? ""
                #expect(why.contains("login shell print"), "\(why)")
            }
        }
    }
}
