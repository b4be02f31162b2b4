import Testing

@testable import HostileViews

/// The rules find the text they are for.
@Suite struct RuleTests {
    @Test(arguments: [
        Rendering("escape", .lines(["a\u{1B}[31m"])), Rendering("newline", .lines(["a\nb"])),
        Rendering("bidi", .lines(["a\u{202E}"])), Rendering("tab", .lines(["a\tb"])),
        Rendering("one line more", .message("a\nb", lines: 1)),
        Rendering("another text", .coloured(plain: ["a"], coloured: ["\u{1B}[31mb\u{1B}[0m"])),
        Rendering(
            "a colour that is none of ours", .coloured(plain: ["a"], coloured: ["\u{1B}[8ma\u{1B}[0m"])),
        Rendering("cursor", .terminal("a\u{1B}[2J")), Rendering("erased later", .terminal("a\r\u{1B}[2K")),
        Rendering("separate command", .lines(["see 'systemctl status a; reboot'"])),
        Rendering("substitution", .lines(["'turnstile audit $(reboot)'"])),
        Rendering("end of a word", .lines([#"'ls -l 'a'; b'"#, "Then: turnstile resume a&b"])),
        Rendering("option", .lines(["begin another with --to $(x)"])),
        Rendering("rows", .csv("a,b\r\n1,2\r\n", rows: 2)),
        Rendering("columns", .csv("a,b\r\n1\r\n", rows: 1)),
        Rendering("formula", .csv("a\r\n=1\r\n", rows: 1)),
        Rendering("open quote", .csv("a\r\n\"1\r\n", rows: 1)),
        Rendering("no list", .json("{}", count: 1)), Rendering("no JSON", .json("{", count: nil)),
        Rendering("a line that is no JSON", .ndjson("{}\nx\n", count: 2)),
        Rendering("cells", .markdown("| a |\n| - |\n| b | c |\n", rows: 1)),
        Rendering("markup", .markdown("| a |\n| - |\n| <b> |\n", rows: 1)),
        Rendering("element", .html("<p><img></p><script></script>")),
        Rendering("attribute", .html("<p onclick=\"x\"></p><script></script>")),
        Rendering("second script", .html("<script></script><script></script>")),
        Rendering("entity", .html("a & b<script></script>")),
    ])
    func whatWouldBeObeyedIsFound(rendering: Rendering) {
        #expect(rendering.complaint != nil, "\(rendering.view)")
    }

    @Test(arguments: [
        Rendering(
            "words", .lines(["see 'systemctl status 'a; b'' on 'core-1'; or not", "'ls -l 'it'\\''s''"])),
        Rendering("ours", .lines(["'cgpt prioritize $(rootdev -s /usr)' as root on 'a'; or (not)"])),
        Rendering("options", .lines(["first: --to 1.2.3; or --etcd-after 'a b'."])),
        Rendering("cells", .csv("a,b\r\n\"x, \"\"y\"\"\",\"'=1\"\r\n", rows: 1)),
        Rendering("markup", .markdown("| a |\n| - |\n| \\<b\\> \\| |\n", rows: 1)),
        Rendering("page", .html("<p class=\"odd\">a &lt;b&gt;</p>\n<script>if (a < b) {}</script>")),
    ])
    func whatIsHarmlessIsLetThrough(rendering: Rendering) {
        #expect(rendering.complaint == nil, "\(rendering.view)")
    }

    @Test func placesOfOneTextGetOneTextAgain() {
        let template = JSONTemplate(#"{"a":"x","b":["x","y"],"/etc/z":-1.5e3}"#)
        #expect(template.texts == ["x", "y", "/etc/z"])
        #expect(template.numbers == ["-1.5e3"])
        let filled = template.filled(texts: [0: "\"q\"", 2: "\"r\""], numbers: [0: "7"])
        #expect(String(decoding: filled, as: UTF8.self) == #"{"a":"q","b":["q","y"],"r":7}"#)
    }
}
