import Testing

@testable import Settings

@Suite struct HostRangeTests {
    @Test(arguments: [
        ("core-1", ["core-1"]), ("core-1:2222", ["core-1:2222"]),
        ("web[1:3]", ["web1", "web2", "web3"]), ("web[08:11]", ["web08", "web09", "web10", "web11"]),
        ("web[01:05:2].x", ["web01.x", "web03.x", "web05.x"]), ("db-[a:c]", ["db-a", "db-b", "db-c"]),
        ("r[1:2]n[a:b]", ["r1na", "r1nb", "r2na", "r2nb"]), ("web[7:7]", ["web7"]),
        ("web[1:2]:2222", ["web1:2222", "web2:2222"]), ("[fd00::1]:22", ["[fd00::1]:22"]),
        ("db-[a:z:100]", ["db-a"]),
    ]) func aRangeIsItsHosts(text: String, names: [String]) {
        #expect(HostRange.names(text) == names)
    }

    @Test(arguments: [
        "", "web[", "web]", "web[]", "web[1]", "web[3:1]", "web[1:3:0]", "web[a:3]", "web[a:C]", "web[1:2",
        "web[1:2]]", "web[0:100000]", "web[1:1000][1:1000]", "web[1:99999999999999999999]", "web[-1:2]",
        "we b[1:2]", "web[1:2:3:4]", "-[1:2]", "web[é:f]", "all:children",
    ]) func anythingElseIsNone(text: String) {
        #expect(HostRange.names(text) == nil)
    }
}
