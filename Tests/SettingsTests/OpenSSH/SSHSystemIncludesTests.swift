import Testing

@testable import Settings

@Suite struct SSHSystemIncludesTests {
    @Test(arguments: [
        ("Include extra.d/*.conf", "Include \"/etc/ssh/extra.d/*.conf\""),
        ("  include = \"a b\" /c ~/d # note", "Include \"/etc/ssh/a b\" \"/c\" \"~/d\""),
        ("Include /etc/ssh/ssh_config.d/*.conf", "Include /etc/ssh/ssh_config.d/*.conf"),
        ("Host *\n\tInclude x\n  Port 7\n", "Host *\nInclude \"/etc/ssh/x\"\n  Port 7\n"),
        ("# Include x\nIncluded x", "# Include x\nIncluded x"), ("Include \"x", "Include \"x"), ("", ""),
        ("Include", "Include"), ("Include ${DIR}/x", "Include ${DIR}/x"),
    ])
    func relativePathsAreBelowTheSystemsFolder(text: String, anchored: String) {
        #expect(SSHSystemIncludes.anchored(text) == anchored)
    }
}
