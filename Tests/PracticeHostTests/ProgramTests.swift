import Testing

@testable import PracticeHost

@Suite struct ProgramTests {
    @Test(
        arguments: [
            (["/usr/bin/cgpt", "show", "-i3"], Program.cgpt, ["show", "-i3"]),
            (["update_engine", "-foreground"], .updateEngine, ["-foreground"]),
            (["./practice-host", "gptprio", "/dev/loop0"], .gptprio, ["/dev/loop0"]),
            (["/usr/bin/rootdev"], .rootdev, []),
            (["/usr/sbin/flatcar-setgoodroot"], .flatcarSetGoodRoot, []),
            (["/usr/lib/locksmith/locksmithd"], .locksmithd, []),
            (["/usr/bin/locksmithctl", "lock", "x"], .locksmithctl, ["lock", "x"]),
        ] as [([String], Program, [String])])
    func isTheOneItIsCalledBy(commandLine: [String], program: Program, arguments: [String]) throws {
        let called = try #require(Program.called(by: commandLine))

        #expect(called.program == program)
        #expect(called.arguments == arguments)
    }

    @Test(arguments: [[], ["practice-host"], ["practice-host", "--help"]] as [[String]])
    func knowsNoOther(commandLine: [String]) async {
        #expect(Program.called(by: commandLine) == nil)
        #expect(await Program.run(commandLine) == 64)
    }
}
