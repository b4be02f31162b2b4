import Foundation
import Testing

/// Hosts whose sshd wants a person's answers, besides a key or in its place.
extension PracticeClusterTests {
    @Test func whatOnlyAPersonKnowsIsAskedOf() async throws {
        try await PracticeCluster.with(["--time-scale", "0.02"]) { cluster in
            for (user, methods) in Account.methods {
                let account = try await Account(user, methods, on: cluster)
                let audit = try await account.turnstile(["audit"], answer: Account.password)
                #expect(audit.status == 0, "\(methods): \(audit)")

                let wrong = try await account.turnstile(["audit"], answer: "wrong")
                let (step, words) = ("\(methods.split(separator: ",").last ?? "")", "refused by the server")
                #expect(
                    wrong.status != 0 && wrong.errors.contains("\(step): \(words)"), "\(methods): \(wrong)")
                #expect(!(wrong.output + wrong.errors).contains(Account.password))

                let alone = try await account.turnstile(["audit"], answer: nil)
                #expect(
                    alone.status != 0
                        && alone.errors.contains(
                            "\(step): nobody is there to answer: there is no terminal, and no program in SSH_ASKPASS"
                        ),
                    "\(methods): \(alone)")
            }
            // ^C at a question leaves the terminal as it was.
            let left = try await Account("worded", "password", on: cluster).interruptedAtItsQuestion()
            #expect(left.output.contains("Password: ") && left.output.contains("ended by 130"), "\(left)")
            #expect(left.output.contains(" echo ") && !left.output.contains("-echo "), "\(left)")

            let account = try await Account("both", "publickey,keyboard-interactive", on: cluster)
            // A host that boots refuses every login of people, and says so.
            let host = try #require(cluster.names.first)
            let words = "System is booting up."
            try await cluster.onHost(host, "echo '\(words)' >/run/nologin")
            let early = try await account.turnstile(["audit", host], answer: Account.password)
            #expect(early.errors.contains("refused by the server: '\(words)'"), "\(early)")
            #expect(account.questions.count == 1, "\(account.questions)")
            try await cluster.onHost(host, "rm /run/nologin")

            // The answer does again after the reboot.
            let upgrade = try await account.turnstile(["upgrade", "--yes"], answer: Account.password)
            #expect(upgrade.status == 0, "\(upgrade)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
            #expect(account.questions.count == cluster.names.count, "\(account.questions)")
            #expect(account.questions.allSatisfy { $0.contains("Password: ") }, "\(account.questions)")
        }
    }
}

/// An account that a host lets in by some methods, and an operator who logs in to it.
private struct Account {
    static let password = "open sesame"
    static let methods = [
        "both": "publickey,keyboard-interactive", "keyless": "keyboard-interactive", "worded": "password",
        "second": "publickey,password",
    ]

    let cluster: PracticeCluster
    private let directory: String

    init(_ user: String, _ methods: String, on cluster: PracticeCluster) async throws {
        self.cluster = cluster
        directory = "\(cluster.directory)/person-\(user)"
        try? FileManager.default.removeItem(atPath: directory)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for host in cluster.names { try await Self.make(user, methods, on: host, of: cluster) }
        let keys = methods.contains("publickey") ? "\(cluster.directory)/id_ed25519" : "none"
        try write(
            "Host *\n User \(user)\n IdentityFile \(keys)\n IdentitiesOnly yes\n"
                + " UserKnownHostsFile \(cluster.directory)/known_hosts\n", to: "ssh_config")
        let settings = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
            .replacing(/(?m)^ssh: .*$/, with: "ssh: {config: \(directory)/ssh_config}")
        try write(settings, to: "turnstile.yaml")
    }

    private static func make(
        _ user: String, _ methods: String, on host: String, of cluster: PracticeCluster
    ) async throws {
        try await cluster.onHost(
            host,
            """
            id \(user) >/dev/null 2>&1 || useradd --create-home --shell /bin/bash \(user)
            install -d -o \(user) /home/\(user)/.ssh
            install -o \(user) /home/core/.ssh/authorized_keys /home/\(user)/.ssh/authorized_keys
            echo '\(user) ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/\(user)
            echo '\(user):\(password)' | chpasswd
            printf '%s\\n' 'Match User \(user)' 'PasswordAuthentication yes' 'KbdInteractiveAuthentication yes' \
                'AuthenticationMethods \(methods)' >/etc/ssh/sshd_config.d/person-\(user).conf
            systemctl reload ssh
            """)
    }

    private func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
    }

    /// - Parameter answer: the answer to every question; nil where nobody is there.
    func turnstile(_ arguments: [String], answer: String?) async throws -> PracticeCluster.Outcome {
        try? FileManager.default.removeItem(atPath: "\(directory)/questions")
        try write(
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >>\(directory)/questions\necho '\(answer ?? "")'\n",
            to: "askpass")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(directory)/askpass")
        let askpass = answer == nil ? [] : ["SSH_ASKPASS=\(directory)/askpass", "SSH_ASKPASS_REQUIRE=force"]
        return try await cluster.run(
            "/usr/bin/env",
            ["-u", "SSH_ASKPASS"] + askpass
                + [
                    "setsid", "--wait", PracticeCluster.turnstilePath, "--config",
                    "\(directory)/turnstile.yaml",
                ]
                + arguments)
    }

    /// An audit at a terminal of its own, with a ^C as soon as it asks; then the terminal's settings.
    func interruptedAtItsQuestion() async throws -> PracticeCluster.Outcome {
        let audit = "\(PracticeCluster.turnstilePath) --config \(directory)/turnstile.yaml audit"
        return try await cluster.run(
            "/bin/sh",
            [
                "-c",
                """
                # A command in the background ignores ^C unless told otherwise.
                cd '\(directory)' && rm -f keys screen && mkfifo keys && : >screen
                env -u SSH_ASKPASS --default-signal=INT script -qefc "trap : INT; \(audit); echo ended by \\$?; stty -a" screen <keys >/dev/null 2>&1 &
                exec 9>keys
                for _ in $(seq 600); do grep -q 'Password: ' screen && break; sleep 0.1; done
                printf '\\003' >&9
                wait $!
                cat screen
                """,
            ])
    }

    /// The questions of the last command.
    var questions: [Substring] {
        let text = try? String(contentsOfFile: "\(directory)/questions", encoding: .utf8)
        return (text ?? "").split(separator: "\n")
    }
}
