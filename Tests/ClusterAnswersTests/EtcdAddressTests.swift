import ClusterAnswers
import Testing

@Suite struct EtcdAddressTests {
    /// The text that is read, and the URL written from it.
    @Test(arguments: [
        ("http://10.0.0.1:2379", "http://10.0.0.1:2379"),
        ("https://etcd-1.example_x:4001/", "https://etcd-1.example_x:4001"),
        ("http://core-1", "http://core-1"), ("http://[fd00::1]:2379", "http://[fd00::1]:2379"),
        ("http://[::]:2379", "http://[::]:2379"),
        ("http://[fe80::1%25eth0]:2379", "http://[fe80::1%25eth0]:2379"),
        ("http://[fe80::1%eth0]:2379", "http://[fe80::1%25eth0]:2379"),
        ("https://[::ffff:10.0.0.1]", "https://[::ffff:10.0.0.1]"),
    ]) func addressesAreRead(text: String, url: String) {
        #expect(EtcdAddress(text)?.url == url)
    }

    @Test(arguments: [
        "", "http://", "ftp://10.0.0.1", "http://10.0.0.1:2379/x", "http://10.0.0.1:0",
        "http://10.0.0.1:65536",
        "http://10.0.0.1:+1", "http://user@10.0.0.1", "http://a b", "http://[fd00::1:2379",
        "http://[fd00::1]2379",
        "http://[1-3].example:2379", "http://[]", "http://[::1%25]", "http://[::1%25e/0]", "http://[::1::2]",
        "http://[12345::]",
        "http://fd00::1:2379", "http://{a,b}:2379", "http://[fd00::+1]", "http://x\"\n", "file:///etc/shadow",
        "http://[1:2:3:4:5:6:7:8:9]", "http://10.0.0.1:2379?x", "http://10.0.0.1#x",
    ]) func whatIsNoAddressIsNone(text: String) {
        #expect(EtcdAddress(text) == nil)
    }

    @Test(arguments: [
        ("http://127.0.0.1:2379", true), ("http://127.1", true), ("http://0.0.0.0:2379", true),
        ("http://0", true),
        ("http://2130706433", true), ("http://0x7f000001", true), ("http://localhost:4001", true),
        ("http://LocalHost.", true), ("http://localhost.localdomain", true), ("http://a.localhost", true),
        ("http://[::]:1", true), ("http://[::1]", true), ("http://[0:0:0:0:0:0:0:1]", true),
        ("http://[::ffff:127.0.0.1]", true), ("http://[::ffff:7f00:1]", true), ("http://ip6-localhost", true),
        ("http://10.0.0.1", false), ("http://128.0.0.1", false), ("http://[fd00::1]", false),
        ("http://[::2]", false),
        ("http://localhostess.example", false), ("http://core-1", false), ("http://[1::1]", false),
    ]) func whatMeansEachMachineItselfIsLocal(url: String, isLocal: Bool) throws {
        #expect(try #require(EtcdAddress(url)).isLocal == isLocal)
    }

    @Test(arguments: [
        ("10.0.0.1", "::ffff:10.0.0.1", true), ("fd00::1", "FD00:0::0001", true),
        ("fe80::1%eth0", "fe80::1", true),
        ("10.0.0.1", "10.0.0.2", false), ("fd00::1", "fd00::2", false),
    ]) func spellingsAreOneAddress(one: String, other: String, isSame: Bool) {
        #expect((IPAddress(one) == IPAddress(other)) == isSame && IPAddress(one) != nil)
    }
}
