import HostFiles
import Testing

/// The etcd that a service starts, by the service's files.
@Suite struct EtcdLaunchTests {
    static func launch(_ files: [(text: String, isOfImage: Bool)], environment: String? = nil) throws
        -> EtcdLaunch
    {
        var start = ServiceStart()
        for file in files { start.take(try UnitFile(file.text), isOfImage: file.isOfImage) }
        if let environment { start.take(environment: environment) }
        return EtcdLaunch(start)
    }

    static let commands: [(command: String, expected: EtcdLaunch)] = [
        ("/usr/bin/etcd2", .program("/usr/bin/etcd2")),
        ("-/usr/bin/etcd --name=%m", .program("/usr/bin/etcd")),
        ("/opt/bin/etcd --data-dir /var/lib/etcd", .program("/opt/bin/etcd")),
        (
            "/usr/bin/docker run --rm --net=host --name etcd quay.io/coreos/etcd:v2.1.1 --name x",
            .container(image: "quay.io/coreos/etcd:v2.1.1", version: "2.1.1", isOfImage: false)
        ),
        (
            #"/bin/sh -c "docker run --name etcd gcr.io/etcd-development/etcd:v3.4.13-0 && true""#,
            .container(image: "gcr.io/etcd-development/etcd:v3.4.13-0", version: "3.4.13-0", isOfImage: false)
        ),
    ]

    @Test(arguments: commands) func ofOneCommand(command: String, expected: EtcdLaunch) throws {
        #expect(try Self.launch([("[Service]\nExecStart=\(command)\n", false)]) == expected)
    }

    /// A command that does not tell the etcd's version is not guessed at.
    @Test(arguments: [
        "/usr/bin/docker run quay.io/coreos/etcd", "/usr/bin/docker run quay.io/coreos/etcd:latest",
        "/usr/bin/docker run quay.io/coreos/etcd@sha256:0123", "/opt/start-etcd.sh", "etcd2", "",
        "/usr/bin/docker run a/etcd:v2.0.1 b/etcd:v2.1.1", "/usr/bin/docker run $IMAGE",
        "/usr/bin/docker run quay.io/coreos/etcd:$TAG", "/usr/lib/coreos/etcd-wrapper $ETCD_OPTS",
    ])
    func whatIsNotClear(command: String) throws {
        guard case .unclear = try Self.launch([("[Service]\nExecStart=\(command)\n", false)]) else {
            Issue.record("\(command)")
            return
        }
    }

    static let member = """
        [Service]
        Environment="ETCD_IMAGE_TAG=v3.0.10"
        Environment="ETCD_NAME=%m" "ETCD_USER=etcd"
        # a comment
        ExecStart=/usr/lib/coreos/etcd-wrapper \\
            $ETCD_OPTS
        """

    /// The host's drop-ins count before the image, an environment file before both.
    @Test func theTagOfEtcdMember() throws {
        let image = (text: Self.member, isOfImage: true)
        #expect(
            try Self.launch([image])
                == .container(image: "quay.io/coreos/etcd:v3.0.10", version: "3.0.10", isOfImage: true))
        let dropIn = (text: "[Service]\nEnvironment=ETCD_IMAGE_TAG=v3.2.1\n", isOfImage: false)
        #expect(
            try Self.launch([image, dropIn])
                == .container(image: "quay.io/coreos/etcd:v3.2.1", version: "3.2.1", isOfImage: false))
        #expect(
            try Self.launch([image, dropIn], environment: "ETCD_IMAGE=own.example/etcd:v3.3.9\n")
                == .container(image: "own.example/etcd:v3.3.9", version: "3.3.9", isOfImage: false))
        let other = (text: "[Service]\nExecStart=\nExecStart=/opt/bin/etcd\n", isOfImage: false)
        #expect(try Self.launch([image, other]) == .program("/opt/bin/etcd"))
    }

    @Test(arguments: [
        ("etcd Version: 2.3.7\nGit SHA: fd17c91\nGo Version: go1.6.3\n", "2.3.7"),
        ("etcd version 2.0.10\n", "2.0.10"),
        ("etcd version 0.4.9", "0.4.9"), ("Docker version 1.10.3, build 20f81dd", "1.10.3"),
        ("fleetd version 0.11.8\n", "0.11.8"), ("Docker version 18.06.3-ce, build d7080c1", "18.06.3-ce"),
    ])
    func whatProgramsPrint(text: String, version: String) {
        #expect(ProgramVersion(printed: text)?.description == version)
    }

    @Test(arguments: ["", "etcd", "no such file", "version 3", "1.2.3.4567890123456789012345678901234567890"])
    func whatIsNoVersion(text: String) { #expect(ProgramVersion(printed: text) == nil) }
}
