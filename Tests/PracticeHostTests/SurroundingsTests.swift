import HostFiles
import Testing

@testable import PracticeHost

@Suite struct SurroundingsTests {
    @Test func settingsHaveTheRealTimesUnlessToldOtherwise() {
        let none = Settings(text: "")
        #expect(none.scaled(.seconds(45)) == .seconds(45))
        #expect(none.setGood == .none && none.server == .none && !none.postinstFails)
        #expect(none.engineSticksAt == nil && none.engineCrash == .none && none.clientSilence == .zero)

        let some = Settings(text: "TIME_SCALE=0.5\nSETGOOD_DELAY=3\nPOSTINST_FAIL=1\nCLIENT_HANGS=40\n")
        #expect(some.scaled(.seconds(45)) == .seconds(22.5))
        #expect(some.setGoodDelay == .seconds(3))
        #expect(some.postinstFails)
        #expect(some.clientSilence == .seconds(40))
    }

    @Test(arguments: Settings.SetGoodFault.allCases)
    func setGoodFailsInItsWays(fault: Settings.SetGoodFault) {
        #expect(Settings(text: "SETGOOD=\(fault.rawValue)\n").setGood == fault)
    }

    @Test(arguments: Settings.ServerFault.allCases)
    func theServerFailsInItsWays(fault: Settings.ServerFault) {
        #expect(Settings(text: "SERVER=\(fault.rawValue)\n").server == fault)
    }

    @Test func theEngineSticksOrCrashesWhereItIsTold() {
        #expect(Settings(text: "ENGINE_STUCK=DOWNLOADING\n").engineSticksAt == .downloading)
        #expect(Settings(text: "ENGINE_STUCK=NOWHERE\n").engineSticksAt == nil)
        #expect(Settings(text: "ENGINE_CRASHES=START\n").engineCrash == .atStart)
        #expect(Settings(text: "ENGINE_CRASHES=FINALIZING\n").engineCrash == .at(.finalizing))
    }

    @Test func anOfferNeedsVersionAndImage() {
        #expect(Offer(text: "VERSION=1409.7.0\nIMAGE=/x\n")?.version == "1409.7.0")
        #expect(Offer(text: "VERSION=1409.7.0\n") == nil)
        #expect(Offer(text: "") == nil)
    }

    /// As inside a practice host: the directory is bound from the booted partition.
    @Test func rootdevFindsTheDeviceBehindTheImage() {
        let mountinfo = """
            600 500 0:60 / / rw,relatime shared:1 - overlay overlay rw,lowerdir=/base
            640 600 259:1 /share/coreos /usr/share/coreos ro,relatime shared:9 - ext4 /dev/loop3p4 ro
            641 600 259:1 /bin/etcd /usr/bin/etcd ro,relatime - ext4 /dev/loop3p4 ro
            """

        #expect(Rootdev.mountSource(of: "/usr/share/coreos", mountinfo: mountinfo) == "/dev/loop3p4")
        #expect(Rootdev.mountSource(of: "/usr", mountinfo: mountinfo) == nil)
    }

    @Test(
        arguments: [
            (["-update"], [.update]), (["--status=true"], [.status]), (["-status", "--status=false"], []),
            (["--reset_status", "-update"], [.resetStatus, .update]), ([], []),
        ] as [([String], Set<ClientArguments.Flag>)])
    func readsFlagsAsGflagsDoes(arguments: [String], flags: Set<ClientArguments.Flag>) throws {
        #expect(try ClientArguments(arguments).flags == flags)
    }

    @Test func refusesAnUnknownFlag() {
        #expect(throws: ClientArguments.UnknownFlag(name: "bogus")) { try ClientArguments(["-bogus"]) }
    }

    @Test func takesAnHTTPAnswerApart() throws {
        let answer = try PlainHTTP.answer(
            Array("HTTP/1.0 404 Not Found\r\nX: y\r\n\r\n{\"errorCode\":100}".utf8))

        #expect(answer.status == 404)
        #expect(String(decoding: answer.body, as: UTF8.self) == "{\"errorCode\":100}")
        #expect(throws: Failure.self) { try PlainHTTP.answer([]) }
    }

    @Test(arguments: [
        (Duration.seconds(428), "7m8s"), (.seconds(52), "52s"), (.milliseconds(60_400), "1m0s"),
    ])
    func saysDurationsAsTheSchedulerDoes(duration: Duration, expected: String) {
        #expect(duration.minutesAndSeconds == expected)
    }
}
