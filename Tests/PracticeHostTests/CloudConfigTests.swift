import Testing

@testable import PracticeHost

@Suite struct CloudConfigTests {
    @Test func readsWhatThePracticeScriptWrites() {
        let config = CloudConfig(
            text: """
                #cloud-config
                coreos:
                  update:
                    group: alpha
                    reboot_strategy: "off"
                  units:
                    - name: update-engine.service
                      command: stop
                      enable: false
                    - name: stop-update-engine.service
                      command: start
                      content: |
                        [Service]
                        Type=oneshot
                """)

        #expect(config.update == CloudConfig.Update(group: "alpha", rebootStrategy: "off"))
        #expect(
            config.units == [
                CloudConfig.Unit(name: "update-engine.service", command: "stop"),
                CloudConfig.Unit(
                    name: "stop-update-engine.service", command: "start",
                    content: "[Service]\nType=oneshot\n"),
            ])
        #expect(
            config.systemctlCalls == [
                ["stop", "update-engine.service"], ["start", "stop-update-engine.service"],
                ["mask", "--runtime", "locksmithd.service"], ["stop", "locksmithd.service"],
                ["restart", "update-engine.service"],
            ])
    }

    @Test(
        arguments: [
            (CloudConfig.Update(), "GROUP=stable\n", nil),
            (.init(group: "beta"), "#x\nGROUP=stable\nSERVER=s\n", "#x\nGROUP=beta\nSERVER=s\n"),
            (.init(group: "beta", server: "s"), "A=1", "A=1\nGROUP=beta\nSERVER=s\n"),
            (.init(rebootStrategy: "off"), "", "REBOOT_STRATEGY=off\n"),
            (.init(group: "beta"), "GROUPS=x\n", "GROUP=beta\n"),
        ] as [(CloudConfig.Update, String, String?)])
    func rewritesUpdateConf(update: CloudConfig.Update, text: String, rewritten: String?) {
        #expect(update.rewriting(text) == rewritten)
    }

    @Test(
        arguments: [
            (nil, .reboot), ("", .reboot), ("reboot", .reboot), ("etcd-lock", .etcdLock),
            ("best-effort", .bestEffort), ("off", .off), ("never", nil),
        ] as [(String?, RebootStrategy?)])
    func takesAStrategyAsLocksmithdDoes(value: String?, strategy: RebootStrategy?) {
        #expect(RebootStrategy(value) == strategy)
        // The published strategy is the word that was configured.
        if let value, !value.isEmpty, let strategy { #expect(strategy.name == value) }
    }
}
