import Testing

@testable import PracticeHost

@Suite struct PlatformSettingsTests {
    @Test func areWhatTheScriptWrites() {
        let settings = PlatformSettings(
            text: """
                PLATFORM_SCALE=0.5
                UNITS_FAIL=controller,builder
                UNITS_SLOW=store-daemon:30,router:x
                MIGRATION_FAILS=1
                DOWNLOADS=3
                TAKEOVER_KEY_SECONDS=60

                """)
        #expect(settings.scaled(.seconds(10)) == .seconds(5))
        #expect(settings.failing == ["controller", "builder"])
        #expect(settings.slow == ["store-daemon": .seconds(30)])
        #expect(settings.migrationFails && !settings.pullFails)
        #expect(settings.downloadsUntilCut == 3 && settings.takeoverKeyTTL == .seconds(60))
    }

    @Test func withoutAWordNothingFails() {
        let settings = PlatformSettings()
        #expect(settings.scale == 0.1 && settings.failing.isEmpty && settings.restarting.isEmpty)
        #expect(settings.downloadsUntilCut == nil && settings.takeoverKeyTTL == .seconds(1800))
    }

    /// etcd counts whole seconds.
    @Test(arguments: [(0.1, 2), (0.01, 1), (1, 20), (0.08, 2)] as [(Double, Int)])
    func aTTLIsWholeSeconds(scale: Double, seconds: Int) {
        #expect(
            PlatformSettings(text: "PLATFORM_SCALE=\(scale)\n").scaledTTL(.seconds(20)) == .seconds(seconds))
    }

    @Test func aVersionStandsBeforeTheOtherWords() {
        let (manner, words) = DeisctlProgram.split(["--practice-version=1.8.0", "list"])
        #expect(manner.version == PlatformVersion(1, 8, 0) && words == ["list"])
        #expect(DeisctlProgram.split(["list"]).0 == .newest)
    }

    @Test(
        arguments: [
            (["--endpoint=http://x:1", "list"], ["list"]), (["stop", "a", "--stateless"], ["stop", "a"]),
            (["refresh-units", "-p", "/x", "-t", "v1"], ["refresh-units"]), (["--bogus"], nil),
            (["list", "--tunnel"], nil),
        ] as [([String], [String]?)])
    func readsItsArguments(arguments: [String], words: [String]?) {
        #expect((try? DeisctlArguments(arguments))?.words == words)
    }
}
