import HostFiles
import Testing

@Suite struct SystemdUnitStatesTests {
    static let units = ["update-engine.service", "locksmithd.service", "etcd2.service"]

    @Test func eachUnitHasItsOwnBlock() throws {
        let states = try SystemdUnitStates(
            """
            LoadState=masked
            ActiveState=active
            MainPID=12

            LoadState=not-found
            ActiveState=inactive

            LoadState=loaded
            ActiveState=activating

            """, of: Self.units)
        #expect(states["update-engine.service"]?.mainPID == 12)
        #expect(states["update-engine.service"]?.isMasked == true)
        #expect(states["locksmithd.service"]?.exists == false)
        #expect(states["etcd2.service"]?.activeState == "activating")
        #expect(states["etcd.service"] == nil)
    }

    /// A block that is missing would give each unit after it the state of another one.
    @Test(
        arguments: [
            "", "LoadState=loaded\n\nLoadState=loaded\n",
            "LoadState=loaded\n\n\n\nLoadState=loaded\n",
            "LoadState=loaded\n\nLoadState=loaded\n\nLoadState=loaded\n\nLoadState=loaded\n",
            "LoadState=loaded\n\nLoadState=loaded\n\nFailed to get properties\n",
        ])
    func anotherNumberOfBlocksIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try SystemdUnitStates(text, of: Self.units) }
    }
}
