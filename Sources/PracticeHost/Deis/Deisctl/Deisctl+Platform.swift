extension Deisctl {
    /// `install`, `start`, `stop` and `uninstall` of the whole platform.
    func platform(
        _ command: String, stateless: Bool, _ arguments: DeisctlArguments
    ) throws(DeisctlEnding) {
        let name = stateless ? "stateless-platform" : "platform"
        var acts = acts()
        switch command {
        case "install":
            try checkKeys()
            if stateless { console.out(Self.statelessWarning) }
            try banner("Installing Deis...", &acts)
            try perform(
                .install(manner, stateless: stateless, routers: arguments.routerMeshSize), &acts)
            console.out("Done.\n\nPlease run `deisctl start \(name)` to boot up Deis.\n")
        case "start":
            try banner("Starting Deis...", &acts)
            try perform(.start(manner, stateless: stateless), &acts)
            console.out("Done.\n" + manner.startEnding)
        case "stop":
            try banner("Stopping Deis...", &acts)
            try perform(.stop(manner, stateless: stateless), &acts)
            console.out("Done.\n\(manner.blankLine)\nPlease run `deisctl start \(name)` to restart Deis.\n")
        default:
            try banner("Uninstalling Deis...", &acts)
            try perform(.uninstall(manner, stateless: stateless), &acts)
            console.out("Done.\n")
        }
    }

    private func banner(_ text: String, _ acts: inout UnitActs) throws(DeisctlEnding) {
        let banner = DeisctlColour.banner(text)
        guard manner.endsPrintingWithAnError else { return acts.printer.plain(banner) }
        try acts.printer.heading(banner)
    }

    private func checkKeys() throws(DeisctlEnding) {
        guard (try? keys.get("/deis/platform/domain")) != nil else {
            throw .failed(
                DeisctlError(
                    "Missing platform domain, use:\ndeisctl config platform set domain=<your-domain>"))
        }
        guard (try? keys.get("/deis/platform/sshPrivateKey")) == nil else { return }
        console.out(
            "Warning: Missing sshPrivateKey, \"deis run\" will be unavailable. Use:\n"
                + "deisctl config platform set sshPrivateKey=<path-to-key>\n")
    }

    private static let statelessWarning = """
        Warning: With a stateless control plane, some components require manual configuration.
        See the official Deis documentation for details on running a stateless control plane.
        http://docs.deis.io/en/latest/managing_deis/running-deis-without-ceph/

        """

    /// Always ends well, whatever it did.
    func upgradePrep(_ arguments: DeisctlArguments) throws(DeisctlEnding) {
        var acts = acts()
        let isStateless = arguments.isStateless && manner.hasStatelessUpgrade
        try perform(.upgradePrep(stateless: isStateless), &acts)
        console.out(
            """
            The platform has been stopped, but applications are still serving traffic as normal.
            Your cluster is now ready for upgrade. Install a new deisctl version and run `deisctl upgrade-takeover`.
            For more details, see: http://docs.deis.io/en/latest/managing_deis/upgrading-deis/#graceful-upgrade

            """)
    }

    /// Reads the keys of applications, takes the publisher away, and writes the keys again: one that has expired meanwhile
    /// ends it there. Routers, publisher and the rest follow.
    func upgradeTakeover(_ arguments: DeisctlArguments) throws(DeisctlEnding) {
        let isStateless = arguments.isStateless && manner.hasStatelessUpgrade
        let leaves = try told { () throws(DeisctlError) in try keys.leaves("/deis/services") }
        var acts = acts()
        try acts.stop(["publisher"])
        try acts.destroy(["publisher"])
        try told { () throws(DeisctlError) in
            for leaf in leaves { try keys.refresh(leaf, takeoverKeyTTL) }
        }
        try acts.rollingRestart("router")
        try acts.create(["publisher"])
        try acts.start(["publisher"])
        try perform(.upgradeTakeoverRest(manner, stateless: isStateless), &acts)
    }
}
