import Foundation
import RolloutModel
import SSH
import Testing

@testable import Settings

@Suite struct KnownHostsProgramTests {
    @Test(
        arguments: [
            ("/a", ["/a"]), ("  /a  b\tc ", ["/a", "b", "c"]), (#"/a "b c" 'd e'"#, ["/a", "b c", "d e"]),
            (#"/a b"c d"e"#, ["/a", "bc de"]), (#"/a \" \' \\ c\ d"#, ["/a", "\"", "'", "\\", "c d"]),
            (#"/a "c\ d" \n"#, ["/a", #"c\ d"#, #"\n"#]), (#"/a "it's""#, ["/a", "it's"]),
            (#"/a """#, ["/a", ""]), ("", []), (#"/a "b"#, nil), ("/a 'b", nil),
        ] as [(String, [String]?)])
    func wordsArePartedAsSSHPartsThem(text: String, words: [String]?) {
        #expect(SSHWords.words(text) == words)
    }

    private static func program(_ value: String) throws -> KnownHostsProgram? {
        var environment = SSHConfigTests.environment
        (environment.userID, environment.machineName) = (1007, "desk.example")
        let text = SSHConfigTests.printed + "knownhostscommand \(value)\n"
        return try SSHDestination(
            .init(id: HostID("core-1")), settings: SSHConfigTests.settings(),
            answer: SSHConfigTests.answer(text), environment: environment
        ).knownHostsProgram
    }

    @Test func whatIsFilledInStaysWithinItsWord() throws {
        let program = try Self.program(
            #"/bin/keys %H%I "%h %p" %n-%k %%d ${KEYS} %u:%r:%i %L/%l %d %t %K %f"#)
        let joined = program?.arguments.map { word in
            word.map { if case .text(let text) = $0 { text } else { "<\($0)>" } }.joined()
        }
        #expect(program?.path == "/bin/keys")
        #expect(
            joined == [
                "<name><purpose>", "10.0.0.9 2022", "core-1-core-1.cluster", "%d", "/keys", "ann:jane:1007",
                "desk/desk.example", "/home/ann", "<keyType>", "<key>", "<fingerprint>",
            ])
    }

    @Test func noneIsNoProgram() throws { #expect(try Self.program("none") == nil) }

    @Test(arguments: ["keys %H", "/bin/keys %T", "/bin/keys %", #"/bin/keys "a"#, "/bin/keys ${NOWHERE}"])
    func whatCannotBeRunIsRefusedByName(value: String) {
        let error = #expect(throws: SSHConfigError.self) { try Self.program(value) }
        #expect(error?.description.contains("KnownHostsCommand") == true)
    }
}
