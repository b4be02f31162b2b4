import RolloutModel
import SSH
import Testing

@testable import TurnstileCommands

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
        Dictionary(uniqueKeysWithValues: try HostsFile.read(text, file: file).map { ($0.id.rawValue, $0) })
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
        _ = try HostsFile.read(Self.bastion, file: "hosts") { names.append($0) }
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
        "evil", "-J a evil", "-- evil", "--", "-", "-F other", "-o", "-Z", "-J 'a", "-J {{ bastion }}",
        "-qF/etc/x",
    ])
    func whatIsNoOptionIsRefused(_ text: String) {
        #expect(SSHOptions(text) == nil)
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
