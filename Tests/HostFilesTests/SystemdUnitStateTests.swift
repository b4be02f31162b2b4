import HostFiles
import Testing

@Suite struct SystemdUnitStateTests {
    @Test func aMaskedUnitAfterItsStop() throws {
        let unit = try SystemdUnitState(
            """
            MainPID=0
            Result=exit-code
            ExecMainExitTimestamp=
            LoadState=masked
            ActiveState=failed
            SubState=failed
            FragmentPath=/etc/systemd/system/update-engine.service
            UnitFileState=masked
            ConditionResult=yes

            """)
        #expect(unit.isMasked && !unit.isMaskedForThisBootOnly)
        #expect(unit.isFailed && unit.isAtRest && !unit.isActive)
        #expect(unit.mainPID == nil)
        #expect(unit.result == "exit-code")
        #expect(unit["ExecMainExitTimestamp"] == "")
        #expect(unit["NRestarts"] == nil)
    }

    @Test func aRunningUnit() throws {
        let unit = try SystemdUnitState(
            "LoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=disabled\nMainPID=1336\n")
        #expect(unit.isActive && !unit.isAtRest && !unit.isMasked && unit.exists)
        #expect(unit.mainPID == 1336)
        #expect(unit.conditionHeld == nil)
    }

    @Test(arguments: [("masked", true, false), ("masked-runtime", true, true), ("enabled", false, false)])
    func theMaskIsReadFromTheFileState(state: String, masked: Bool, runtime: Bool) throws {
        let unit = try SystemdUnitState("UnitFileState=\(state)\nLoadState=loaded\n")
        #expect(unit.isMasked == masked)
        #expect(unit.isMaskedForThisBootOnly == runtime)
    }

    @Test func aMissingUnitDoesNotExist() throws {
        #expect(try !SystemdUnitState("LoadState=not-found\nActiveState=inactive\nUnitFileState=\n").exists)
    }

    @Test(arguments: ["", "\n", "Failed to get properties: Connection refused\n", "LoadState\n"])
    func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try SystemdUnitState(text) }
    }
}
