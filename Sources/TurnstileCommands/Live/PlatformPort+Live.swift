import Coordinator
import Reports
import RolloutModel
import Rollouts
import Settings

extension PlatformPort {
    /// The platform of a plan over SSH, by the means that the plan names.
    ///
    /// - Throws: `CommandRefusal.held` where the means are not found, or differ from those at the time when
    ///   the plan was made.
    static func live(
        _ plan: PlatformPlan, on hosts: [HostID], _ configuration: Configuration, through shell: HostShell
    ) async throws(CommandRefusal) -> PlatformPort {
        guard let means = plan.means else {
            throw .held([.platform(.deisctlUnusable(side: .new, why: "the plan names none"))])
        }
        var packages: [DeisctlSide: DeisctlPackage] = [:]
        for side in DeisctlSide.allCases { packages[side] = try await package(means, side, through: shell) }
        var reading = PlatformReading(
            shell: shell, hosts: hosts, etcd: configuration.gates.etcdEndpoint, now: RolloutClock.live().now)
        reading.controller = means.controller.map { .init(url: $0, client: .here) }
        let (read, backup) = (reading, means.backup.map { BackupDirectory(path: $0) })
        return PlatformHands(
            read, since: plan.baseline, packages: packages, backUp: { await read.backUp(into: backup) }
        )
        .port(keepsAddresses: plan.wish.way == .graceful, isBackedUp: { backup?.isWhole ?? true })
    }

    private static func package(
        _ means: PlatformMeans, _ side: DeisctlSide, through shell: HostShell
    ) async throws(CommandRefusal) -> DeisctlPackage {
        func unusable(_ why: String) -> CommandRefusal {
            .held([.platform(.deisctlUnusable(side: side, why: why))])
        }
        let meant = means.deisctl(side)
        guard let place = DeisctlPlace(meant.program) else {
            throw unusable("'\(meant.program)' is no path")
        }
        let files = await DeisctlFiles.read(place, templates: meant.templates, shell: shell)
        guard let package = files.package else {
            throw unusable("'\(meant.program)' or the templates in '\(meant.templates)' cannot be read")
        }
        guard package.digest == meant.digest else {
            throw unusable(
                "'\(meant.program)', or a template in '\(meant.templates)', is not what it was when it was planned"
            )
        }
        return package
    }
}

extension PlatformReading {
    /// Makes the backup, and keeps it on this machine.
    fileprivate func backUp(into directory: BackupDirectory?) async -> PlatformPort.Heard {
        func refused(_ why: String) -> PlatformPort.Heard {
            .refused([.platformUnreadable(part: "the backup", why: why)])
        }
        guard let directory else { return .heard }
        switch await backup() {
        case .unknown(let why): return refused(why)
        case .seen(let backup):
            do throws(CommandFailure) {
                try directory.write(backup)
                return .heard
            } catch {
                return refused("it cannot be written to '\(directory.path)'")
            }
        }
    }
}
