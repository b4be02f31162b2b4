import RolloutModel
import Testing

@Suite struct ShellWordTests {
    @Test(arguments: [
        ("ops/prod-1.yaml", "ops/prod-1.yaml"), ("core-1:2222", "core-1:2222"), ("", "''"), ("a b", "'a b'"),
        ("it's", #"'it'\''s'"#),
        ("$(reboot)", "'$(reboot)'"), ("a;b", "'a;b'"), ("a\nb", "'a\nb'"), ("ä", "'ä'"), ("~/x", "'~/x'"),
    ]) func aTextIsOneWord(text: String, word: String) {
        #expect(ShellWord(text).description == word)
    }
}
