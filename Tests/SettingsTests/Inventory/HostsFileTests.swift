import RolloutModel
import Rollouts
import SampleSettings
import Testing

@testable import Settings

@Suite struct HostsFileTests {
    @Test(arguments: [
        ("core-1\ncore@core-2:2222\n", "hosts", HostsFile.Form.lines),
        ("# hosts:\ncore-1\n", "hosts", .lines), ("[fd00::1]:22\n[fd00::2]\n", "hosts", .lines),
        ("", "hosts", .lines), ("core-1 # a=b\n", "hosts", .lines),
        ("core-1\n\n[web]\ncore-2\n", "hosts", .ansibleINI),
        ("core-1 ansible_host=10.0.0.1\n", "hosts", .ansibleINI),
        ("[all:vars]\nx=1\n", "hosts", .ansibleINI), ("core-1\n", "hosts.ini", .ansibleINI),
        ("all:\n  hosts:\n", "hosts", .ansibleYAML), ("# x\n---\nall:\n", "standard input", .ansibleYAML),
        ("core-1\n", "hosts.yml", .ansibleYAML),
    ]) func theFileTellsItsForm(text: String, file: String, form: HostsFile.Form) {
        #expect(HostsFile.form(of: text, file: file) == form)
    }

    static let ini = """
        ; the fleet
        lone ansible_host=10.0.0.9 ansible_connection=ssh

        [web]
        web[1:2].example ansible_user=ann   # in the old room
        10.0.0.3:2222

        [web:vars]
        ansible_port = 2200
        ansible_user=core
        note="say = hi"

        [db]
        db-a ansible_ssh_host='10.0.1.1'

        [site:children]
        web
        db

        [site:vars]
        ansible_user=site
        ansible_port=22

        [all:vars]
        ansible_user=everybody
        """

    static let yaml = """
        all:
          vars: {ansible_user: everybody}
          hosts:
            lone: {ansible_host: 10.0.0.9, ansible_connection: ssh}
          children:
            site:
              vars:
                ansible_user: site
                ansible_port: 22
              children:
                web:
                  vars:
                    ansible_port: 2200
                    ansible_user: core
                    note: {any: [thing]}
                  hosts:
                    web[1:2].example:
                      ansible_user: ann
                    10.0.0.3:2222:
                db:
                  hosts:
                    db-a: {ansible_ssh_host: "10.0.1.1"}
        """

    static let hosts: [Configuration.HostAddress] = [
        .init(id: HostID("lone"), address: "10.0.0.9", user: "everybody", sshName: "10.0.0.9"),
        .init(id: HostID("web1.example"), port: 2200, user: "ann"),
        .init(id: HostID("web2.example"), port: 2200, user: "ann"),
        .init(id: HostID("10.0.0.3:2222"), port: 2200, user: "core"),
        .init(id: HostID("db-a"), address: "10.0.1.1", port: 22, user: "site", sshName: "10.0.1.1"),
    ]

    @Test(arguments: [(ini, "hosts"), (yaml, "hosts"), (yaml, "hosts.yaml")])
    func anInventorySaysHowHostsAreReached(text: String, file: String) throws {
        #expect(try HostsFile.read(text, file: file).hosts == Self.hosts)
    }

    @Test func aHostOfSeveralGroupsIsOneHost() throws {
        let hosts = try HostsFile.read(
            "[a]\nx ansible_user=ann\n[b]\nx ansible_port=2222\ny\n[a:children]\nb\n", file: "hosts"
        ).hosts
        #expect(
            hosts == [
                .init(id: HostID("x"), port: 2222, user: "ann"), .init(id: HostID("y")),
            ])
    }

    @Test(arguments: [
        "[a]\nx\n[a:children]\na\n", "[a]\nx\n[a:children]\nb\n[b:children]\na\n",
    ]) func aCircleOfGroupsEnds(text: String) throws {
        #expect(try HostsFile.read(text, file: "hosts").hosts.map(\.id) == [HostID("x")])
    }

    /// Where a host is reached, by more and more files beside its inventory.
    @Test(
        arguments: [
            ([:], nil), (["group_vars/all": "ansible_user: everybody\n"], "everybody"),
            (["group_vars/all.yml": "---\nansible_user: filed\n", "group_vars/other.yml": "- 1\n"], "filed"),
            (
                [
                    "group_vars/all.yml": "ansible_user: all\n",
                    "group_vars/web.json": "{\"ansible_user\": \"web\"}",
                ], "web"
            ),
            (
                ["group_vars/web/b.yml": "ansible_user: b\n", "group_vars/web/a.yml": "ansible_user: a\n"],
                "b"
            ),
            (["group_vars/db.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n", "group_vars/web~": "- 1\n"], nil),
            (
                [
                    "group_vars/web.yml": "ansible_user: web\n",
                    "host_vars/core-1.example": "ansible_user: own\n",
                ], "own"
            ),
            (["host_vars/core-1.example.yaml": "secret: !vault |\n  x\nansible_user: own\n"], "own"),
        ] as [([String: String], String?)])
    func filesBesideAnInventoryCount(files: [String: String], user: String?) throws {
        for inventory in ["[web]\ncore-1.example\n", "web: {hosts: {core-1.example: }}\n"] {
            let name = inventory.hasPrefix("[") ? "site/hosts.ini" : "site/hosts.yml"
            let beside = Dictionary(uniqueKeysWithValues: files.map { ("site/\($0)", $1) })
            try SettingsDirectory.with(beside.merging([name: inventory]) { $1 }) { environment in
                let found = try SettingsDirectory.load(environment) { $0.hostsFile = name }
                #expect(found.hosts == [.init(id: HostID("core-1.example"), user: user)])
            }
        }
    }

    @Test func aFileThatIsEncryptedIsNamedWhereItsHostIsNotReached() throws {
        let files = [
            "hosts.ini": "[web]\na\n[db]\nb\n", "group_vars/web.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
            "host_vars/a/secret": "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
        ]
        try SettingsDirectory.with(files) { environment in
            let found = try SettingsDirectory.load(environment) { $0.hostsFile = "hosts.ini" }
            let vaulted = found.hosts.map { $0.vaultedFiles ?? [] }
            #expect(vaulted == [["group_vars/web.yml", "host_vars/a/secret"], []])
        }
        let fault = HostFault(
            host: HostID("a"), kind: .unreachable, why: "no key was taken", detail: .loginRefused)
        let named = fault.naming(vaultedFiles: ["group_vars/web.yml", "host_vars/a/secret"])
        #expect(
            named.why.hasPrefix("no key was taken. ")
                && named.why.contains(
                    "'group_vars/web.yml', 'host_vars/a/secret', encrypted by ansible-vault")
        )
        #expect(fault.naming(vaultedFiles: []) == fault)
        let other = HostFault(host: HostID("a"), kind: .commandFailed, why: "it said no")
        #expect(other.naming(vaultedFiles: ["x"]) == other)
    }

    @Test func aMistakeBesideAnInventoryIsNamedWithItsFile() throws {
        let files = ["hosts.ini": "[web]\na\n", "group_vars/web.yml": "x: 1\nansible_port: many\n"]
        try SettingsDirectory.with(files) { environment in
            let error = #expect(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment) { $0.hostsFile = "hosts.ini" }
            }
            #expect(
                error?.description.contains("group_vars/web.yml:2: ansible_port") == true,
                "\(String(describing: error))")
        }
    }

    @Test func tenThousandHostsAreRead() throws {
        let hosts = try HostsFile.read("[all]\nn[00001:10000] ansible_user=core\n", file: "hosts").hosts
        #expect(hosts.count == 10_000 && hosts.last?.id == HostID("n10000"))
    }

    static let mistakes: [(String, String, String)] = [
        ("[web\nx\n", "hosts.ini:1", "expected a group such as [web], [web:vars] or [web:children]"),
        ("[web:hosts]\n", "hosts.ini:1", "found \"[web:hosts]\""),
        ("[]\nx\n", "hosts.ini:1", "expected a group"),
        ("[web]\nx y\n", "hosts.ini:2", "found \"y\", expected key=value"),
        ("[web]\n\nx ansible_port=0\n", "hosts.ini:3: ansible_port", "expected a port from 1 to 65535"),
        ("x ansible_host=a/b\n", "hosts.ini:1: ansible_host", "expected a host name or an address"),
        ("x ansible_host=[a]\n", "hosts.ini:1: ansible_host", "expected a host name or an address"),
        ("x ansible_user=a\\\n", "hosts.ini:1", "expected a closing quote"),
        ("[a:vars]\nansible_user=\"a\n", "hosts.ini:2: ansible_user", "expected a user's name"),
        ("x ansible_user=\"a b\"\n", "hosts.ini:1: ansible_user", "expected a user's name"),
        ("x ansible_user=\"a\n", "hosts.ini:1", "expected a closing quote"),
        ("web[1:\n", "hosts.ini:1", "expected a host, or a range of hosts"),
        ("[a:children]\nb\n", "hosts.ini:2", "found \"b\", expected a group of this file"),
        ("[a:vars]\nansible_user\n", "hosts.ini:2", "expected key=value"),
        ("[a:vars]\nansible_port=x\n", "hosts.ini:2: ansible_port", "expected a port"),
        ("# nobody\n[a]\n", "hosts.ini", "there are no hosts"),
        ("all: [a]\n", "hosts.yaml:1", "expected keys and values"),
        ("all:\n  hosts: [a, b]\n", "hosts.yaml:2", "expected hosts by their names"),
        ("all:\n  hosts:\n    a b:\n", "hosts.yaml:3", "expected a host, or a range of hosts"),
        ("all:\n  host:\n    a:\n", "hosts.yaml:2", "did you mean 'all.hosts'"),
        (
            "all:\n  hosts:\n    a: {ansible_port: many}\n", "hosts.yaml:3: all.hosts.a.ansible_port",
            "expected a port"
        ),
        ("all:\n  vars: 1\n", "hosts.yaml:2: all.vars", "expected variables and their values"),
        ("all:\n  children: 1\n", "hosts.yaml:2: all.children", "expected groups by their names"),
        ("all: {\n", "hosts.yaml:2", "not YAML"),
        ("- a\n- b\n", "hosts.yaml:1", "expected groups by their names"),
        ("\n", "hosts.yaml", "there are no hosts"),
        ("a: &a {children: {b: *a}}\n", "hosts.yaml", "undefined alias"),
    ]

    @Test(arguments: mistakes) func aMistakeIsNamedWithItsLine(text: String, place: String, what: String)
        throws
    {
        let file = place.prefix { $0 != ":" }
        let error = #expect(throws: ConfigurationError.self) {
            try HostsFile.read(text, file: String(file))
        }
        let message = error?.description ?? ""
        #expect(message.contains(place) && message.contains(what), "\(message)")
    }

    @Test func allMistakesAreToldAtOnce() {
        let error = #expect(throws: ConfigurationError.self) {
            try HostsFile.read("[web]\n-x\ny z\nansible_port=1\n", file: "hosts")
        }
        #expect(error?.problems.map(\.line) == [2, 3, 4])
    }
}
