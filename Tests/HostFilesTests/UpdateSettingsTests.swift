import HostFiles
import Testing

@Suite struct UpdateSettingsTests {
    static func settings(_ distribution: Distribution, _ files: [String: String]) throws -> UpdateSettings {
        UpdateSettings(
            distribution: distribution, files: try files.mapValues { try UpdateConfiguration($0) })
    }

    @Test func thePathsAreTheDistributions() {
        #expect(
            Distribution.coreOS.updateConfigurationSearchPaths == [
                "/etc/coreos/update.conf", "/usr/share/coreos/update.conf", "/usr/share/coreos/release",
            ])
        #expect(
            Distribution.flatcar.updateConfigurationSearchPaths == [
                "/etc/flatcar/update.conf", "/usr/share/flatcar/update.conf", "/usr/share/flatcar/release",
            ])
    }

    @Test func theFirstFileThatHasTheKeyCountsKeyByKey() throws {
        let settings = try Self.settings(
            .coreOS,
            [
                "/etc/coreos/update.conf": "REBOOT_STRATEGY=off\nGROUP=beta\n",
                "/usr/share/coreos/update.conf": "SERVER=https://own.example/\nGROUP=stable\n",
            ])
        #expect(settings.group == .init(value: "beta", path: "/etc/coreos/update.conf"))
        #expect(
            settings.server == .init(value: "https://own.example/", path: "/usr/share/coreos/update.conf"))
        #expect(settings.rebootStrategy == .init(value: "off", path: "/etc/coreos/update.conf"))
    }

    @Test(arguments: [
        (Distribution.coreOS, "https://public.update.core-os.net/v1/update/"),
        (.flatcar, "https://public.update.flatcar-linux.net/v1/update/"),
    ])
    func withoutFilesTheBuiltInDefaultsCount(distribution: Distribution, server: String) throws {
        let settings = try Self.settings(distribution, [:])
        #expect(settings.group == .init(value: "stable", path: nil))
        #expect(settings.server == .init(value: server, path: nil))
        #expect(settings.rebootStrategy == nil)
    }

    @Test func anEmptyValueIsAValueAndDoesNotFallThrough() throws {
        let settings = try Self.settings(
            .coreOS,
            ["/etc/coreos/update.conf": "GROUP=\n", "/usr/share/coreos/update.conf": "GROUP=stable\n"])
        #expect(settings.group.value == "")
    }

    @Test func disabledIsSaid() throws {
        #expect(
            try Self.settings(.flatcar, ["/etc/flatcar/update.conf": "SERVER=disabled\n"]).updatesAreDisabled)
        #expect(try !Self.settings(.flatcar, [:]).updatesAreDisabled)
    }

    @Test(arguments: [
        ("REBOOT_STRATEGY=\"off\"\n", "off"),
        ("  REBOOT_STRATEGY='etcd-lock'  \n", "etcd-lock"),
        ("#REBOOT_STRATEGY=off\n", nil),
        ("REBOOT_STRATEGY=off\nREBOOT_STRATEGY=reboot\n", "reboot"),
        ("broken\nREBOOT_STRATEGY=off\n", "off"),
    ])
    func locksmithReadsAsSystemdDoes(text: String, strategy: String?) throws {
        let settings = try Self.settings(.coreOS, ["/etc/coreos/update.conf": text])
        #expect(settings.rebootStrategy?.value == strategy)
    }
}
