import RolloutModel
import SSH
import SampleSettings
import Testing

@testable import Settings

/// An inventory's options of ssh, its local hosts, and its values that only ansible-vault can read.
@Suite struct InventoryOptionsTests {
    static let bastion = """
        [local]
        localhost ansible_connection=local

        [bastion]
        bastion ansible_host=192.0.2.1 ansible_user=core

        [etcd]
        core-0[1:3] ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p -q core@192.0.2.1"'

        [workers]
        worker ansible_ssh_args="-o ConnectTimeout=9" ansible_ssh_extra_args='-J jump -vvv' ansible_ssh_common_args="-C -o ServerAliveInterval=5"

        [cluster:children]
        etcd
        workers

        [cluster:vars]
        ansible_ssh_user=core
        ansible_ssh_private_key_file=~/.ssh/core.pem
        ansible_python_interpreter="PATH=/home/core/bin:$PATH python"
        """

    static func hosts(_ text: String, _ file: String = "hosts") throws -> [String: Configuration.HostAddress]
    {
        Dictionary(
            uniqueKeysWithValues: try HostsFile.read(text, file: file).hosts.map { ($0.id.rawValue, $0) })
    }

    @Test func ansiblesOptionsAreThoseOfSSH() throws {
        let hosts = try Self.hosts(Self.bastion)
        #expect(hosts.keys.sorted() == ["bastion", "core-01", "core-02", "core-03", "worker"])
        #expect(hosts["bastion"]?.sshOptions == nil && hosts["bastion"]?.address == "192.0.2.1")
        #expect(
            hosts["core-02"]?.sshOptions?.arguments
                == ["-i", "~/.ssh/core.pem", "-o", "ProxyCommand=ssh -W %h:%p -q core@192.0.2.1"])
        #expect(
            hosts["worker"]?.sshOptions?.arguments
                == [
                    "-o", "ConnectTimeout=9", "-i", "~/.ssh/core.pem", "-o", "ServerAliveInterval=5", "-J",
                    "jump",
                ])
        #expect(hosts["worker"]?.user == "core")
    }

    @Test func aHostThatIsThisMachineIsNamed() throws {
        var names: [String] = []
        _ = try HostsFile.read(Self.bastion, file: "hosts") { names.append($0.name) }
        #expect(names == ["localhost"])
    }

    @Test(arguments: [
        ("-J a,b -p2222", ["-J", "a,b", "-p", "2222"]), ("-4qJa", ["-4", "-J", "a"]), ("", []),
        ("-o 'ProxyCommand=nc %h %p' -oPort=7", ["-o", "ProxyCommand=nc %h %p", "-o", "Port=7"]),
        ("-o ControlMaster=auto -S none -L 1:b:2 -i key", ["-o", "ControlMaster=auto", "-i", "key"]),
    ])
    func whatSaysHowAHostIsReachedIsKept(_ text: String, _ kept: [String]) {
        #expect(SSHOptions(text)?.arguments == kept)
    }

    @Test(arguments: [
        "evil", "-J a evil", "-- evil", "--", "-", "-F", "-o", "-Z", "-J 'a",
    ])
    func whatIsNoOptionIsRefused(_ text: String) {
        #expect(SSHOptions(text) == nil)
    }

    @Test(
        arguments: [
            ("-F other", "other"), ("-qF/etc/x", "/etc/x"), ("-F a -F b", "b"), ("-q", nil),
        ] as [(String, String?)])
    func anotherConfigurationIsNamed(_ text: String, _ file: String?) {
        #expect(SSHOptions(text)?.configFile == file)
        #expect(SSHOptions(text)?.arguments == [])
    }

    @Test(arguments: [
        (#"-o ProxyCommand="ssh -W %h:%p -q a@b""#, ["-o", "ProxyCommand=ssh -W %h:%p -q a@b"]),
        (#"  '-o ProxyCommand="nc %h %p"'   # by the bastion"#, ["-o", "ProxyCommand=nc %h %p"]),
        (#""-o ProxyCommand=\"nc %h %p\"""#, ["-o", "ProxyCommand=nc %h %p"]),
        (#""-o" "Port=7""#, ["-o", "Port=7"]), ("-J a#1", ["-J", "a#1"]),
    ])
    func aGroupsOptionsKeepTheirQuotes(_ value: String, _ arguments: [String]) throws {
        let hosts = try Self.hosts("[x]\na\n[x:vars]\nnote=don't\nansible_ssh_common_args=\(value)\n")
        #expect(hosts["a"]?.sshOptions?.arguments == arguments)
    }

    /// As Python's shlex parts them.
    @Test(
        arguments: [
            (#"a "b\"c" 'd\e' "f\g\\h" i\ j # k"#, [#"a"#, #"b"c"#, #"d\e"#, #"f\g\h"#, "i j"]),
            (#"''"" "#, [""]), (#"a\"#, nil), (#"'a\'b'"#, nil), (#""a\""#, nil), ("", []), ("#a", []),
            ("a#b", ["a#b"]),
        ] as [(String, [String]?)])
    func wordsArePartedAsPythonPartsThem(_ text: String, _ words: [String]?) {
        #expect(InventoryWords.words(text[...]) == words)
    }

    @Test(
        arguments: [
            ("ssh", nil), ("smart", nil), ("paramiko", nil), ("ansible.builtin.paramiko_ssh", nil),
            ("local", "is this machine (ansible_connection=local)"),
            ("docker", "is not reached by ssh (ansible_connection=\"docker\")"),
            (
                "community.docker.docker",
                "is not reached by ssh (ansible_connection=\"community.docker.docker\")"
            ),
            ("winrm", "is not reached by ssh (ansible_connection=\"winrm\")"),
        ] as [(String, String?)])
    func aHostThatIsNotReachedBySSHIsLeftOutByName(_ connection: String, _ why: String?) throws {
        var left: [LeftOutHost] = []
        let listed = try HostsFile.read(
            "a\n[x]\nb ansible_connection=\(connection)\n", file: "hosts"
        ) { left.append($0) }
        #expect(listed.hosts.map(\.id.rawValue) == (why == nil ? ["a", "b"] : ["a"]))
        #expect(left.map(\.name) == (why == nil ? [] : ["b"]) && left.first?.why == why)
        #expect(listed.groups["x"] == (why == nil ? [HostID("b")] : []))
    }

    /// Ansible fills them in: only the host of such a value stops, and only when it is to be reached.
    @Test(arguments: [
        "ansible_host='{{ ip }}'", "ansible_user={{user}}", "ansible_port={{port}}",
        "ansible_ssh_common_args='-J {{ bastion }}'", "ansible_ssh_private_key_file={{keys}}/a",
        "ansible_connection={{how}}",
    ])
    func aTemplateIsAFaultOfItsHost(_ variable: String) async throws {
        let hosts = try Self.hosts("a \(variable)\nb\n[all:vars]\nmotd={{ x }}\n")
        let answers = SSHConfigTests.answers(SSHConfigTests.settings(configFile: .ignored)) {
            _ throws(SSHConfigError) in ""
        }
        #expect(try await answers.destination(of: #require(hosts["b"])).address == "b")
        let error = await #expect(throws: SSHConfigError.self) {
            try await answers.destination(of: #require(hosts["a"]))
        }
        let name = variable.prefix { $0 != "=" }
        #expect(error?.description.contains("cannot reach 'a': its \(name) is the template \"") == true)
        #expect(try Self.hosts("a \(variable)\n[x]\nb\n", "hosts.ini")["b"]?.unread == nil)
    }

    @Test func anIPv6AddressMayStandInBrackets() throws {
        #expect(try Self.hosts("x ansible_host=[fd00::1]\n", "hosts.ini")["x"]?.address == "fd00::1")
    }

    static let grouped = """
        lone
        [etcd]
        core-[1:2]
        [workers]
        core-3
        same
        [same]
        core-1
        [cluster:children]
        workers
        etcd
        """

    @Test(arguments: [
        (["etcd"], ["core-1", "core-2"]), (["workers", "etcd"], ["core-3", "same", "core-1", "core-2"]),
        (["cluster"], ["core-1", "core-2", "core-3", "same"]), (["same"], ["same"]),
        (["etcd", "core-1"], ["core-1", "core-2"]), (["core-2", "etcd"], ["core-2", "core-1"]),
        (["all"], ["lone", "core-1", "core-2", "core-3", "same"]),
        (["ungrouped", "other"], ["lone", "other"]),
        (["etcd", "etcd"], ["core-1", "core-2"]),
    ])
    func aGroupStandsForItsHosts(_ names: [String], _ hosts: [String]) throws {
        try SettingsDirectory.with(["inv": Self.grouped]) { environment in
            let found = try SettingsDirectory.load(environment) {
                $0.hostsFile = "inv"
                $0.hosts = names
            }
            #expect(found.hosts.map(\.id.rawValue) == hosts)
        }
    }

    /// Ansible hands ssh the address, and so does turnstile hand it to `ssh -G`.
    @Test func sshIsAskedAboutTheAddress() async throws {
        let hosts = try Self.hosts("x ansible_host=192.0.2.7\n", "hosts.ini")
        try await SSHConfigProcessTests.with("Host 192.0.2.*\n  ProxyJump deep\nHost x\n  Port 7\n") {
            answers in
            let destination = try await answers.destination(of: #require(hosts["x"]))
            #expect(destination.address == "192.0.2.7" && destination.port == 22)
            #expect(destination.passage != .direct)
        }
    }

    static let vaulted = """
        all:
          children:
            coreos:
              hosts:
                core-1: {ansible_host: "127.0.0.1", ansible_port: 2201, ansible_user: core}
                core-2:
                  ansible_host: 127.0.0.1
                  ansible_ssh_pass: !vault |
                    $ANSIBLE_VAULT;1.1;AES256
                    6162636465
                  ansible_become_password: !vault |
                    $ANSIBLE_VAULT;1.1;AES256
                    6162636465
              vars:
                ansible_user: !vault |
                  $ANSIBLE_VAULT;1.1;AES256
                  6162636465
        """

    /// Only a host that needs the value stops, and only when it is to be reached.
    @Test func whatIsVaultedIsNamedWhereItIsNeeded() async throws {
        let hosts = try Self.hosts(Self.vaulted, "hosts.yml")
        let answers = SSHConfigTests.answers(SSHConfigTests.settings(configFile: .ignored)) {
            _ throws(SSHConfigError) in ""
        }
        let known = try await answers.destination(of: #require(hosts["core-1"]))
        #expect(known.user == "core" && known.port == 2201)
        let error = await #expect(throws: SSHConfigError.vaulted(host: "core-2", variable: "ansible_user")) {
            try await answers.destination(of: #require(hosts["core-2"]))
        }
        #expect(error?.description.contains("ansible-vault") == true)
    }

    /// ssh itself says what the options mean, in front of every file.
    @Test func theOptionsOfAnInventoryCountBeforeTheFiles() async throws {
        let hosts = try Self.hosts(Self.bastion)
        let configuration = "Host core-* worker\n  ProxyJump elsewhere\n  IdentityFile ~/other\n"
        try await SSHConfigProcessTests.with(configuration) {
            answers in
            let destination = try await answers.destination(of: #require(hosts["core-02"]))
            #expect(destination.address == "core-02" && destination.user == "core")
            guard case .command(let command) = destination.passage else {
                Issue.record("\(destination.passage)")
                return
            }
            #expect(command.text == "ssh -W core-02:22 -q core@192.0.2.1")
            let worker = try await answers.destination(of: #require(hosts["worker"]))
            guard case .through(let jump) = worker.passage else {
                Issue.record("\(worker.passage)")
                return
            }
            #expect(jump.address == "jump")
        }
    }
}
