// swift-tools-version: 6.2
import PackageDescription

/// The compiler counts `timespec` and `timeval` as members of the first C module that it loads with them. In the order
/// of PracticeHost's files that is one of the standard library's own (`SwiftOverlayShims`). With `MemberImportVisibility`
/// a build that begins its module cache then refuses their fields in files that import Glibc.
let strictButForFields: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// Every other target of this package is held to the same rules; `Scripts/check` has nothing to add.
let strict = strictButForFields + [.enableUpcomingFeature("MemberImportVisibility")]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "turnstile",
    products: [
        .executable(name: "turnstile", targets: ["turnstile"]),
        .executable(name: "turnstile-agent", targets: ["turnstile-agent"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The words that both halves share: values alone, and nothing that they import.
        .target(name: "Vocabulary", swiftSettings: strict),
        // The core: values and decisions, no I/O.
        .target(name: "RolloutModel", dependencies: ["Vocabulary"], swiftSettings: strict),
        .target(name: "HostFiles", dependencies: ["Vocabulary"], swiftSettings: strict),
        // Apart, because no agent reads them: a program for every host stays small.
        .target(name: "ClusterAnswers", dependencies: ["HostFiles", "Vocabulary"], swiftSettings: strict),
        .target(name: "AgentProtocol", dependencies: ["Vocabulary"], swiftSettings: strict),

        // The host's half. Free of libssh2 and of Foundation proper, so that it links statically and stays small.
        .target(
            name: "HostAgent",
            dependencies: ["AgentProtocol", "Digest", "HostFiles", logging, subprocess, systemPackage],
            swiftSettings: strict),
        .executableTarget(
            name: "turnstile-agent", dependencies: ["AgentProtocol", "HostAgent", argumentParser, logging],
            swiftSettings: strict),

        // The operator's half.
        .systemLibrary(name: "CLibSSH2", pkgConfig: "libssh2", providers: [.apt(["libssh2-1-dev"])]),
        .target(
            name: "SSH", dependencies: ["CLibSSH2", logging, subprocess, systemPackage], swiftSettings: strict
        ),
        .target(name: "Digest", swiftSettings: strict),
        .target(name: "ProcessInput", dependencies: [systemPackage], swiftSettings: strict),
        .target(
            name: "RolloutJournal", dependencies: ["Digest", "RolloutModel", systemPackage],
            swiftSettings: strict),
        // The use cases. Knows neither SSH nor a terminal: what it drives may be real hosts or simulated ones.
        .target(
            name: "Rollouts", dependencies: ["AgentProtocol", "RolloutJournal", "RolloutModel"],
            swiftSettings: strict),
        .target(
            name: "Coordinator",
            dependencies: [
                "AgentProtocol", "ClusterAnswers", "Digest", "HostFiles", "RolloutJournal", "RolloutModel",
                "Rollouts", "SSH", "Vocabulary", logging,
            ],
            // A link to units/: the program carries the unit that it installs, and git has it once.
            resources: [.embedInCode("Install/turnstile-agent.service")],
            swiftSettings: strict),
        // turnstile.yaml, files of hosts, and how ssh's own configuration says that hosts are reached.
        .target(
            name: "Settings",
            dependencies: [
                "Coordinator", "Digest", "HostFiles", "ProcessInput", "RolloutJournal", "RolloutModel",
                "Rollouts", "SSH", subprocess, yams,
            ],
            swiftSettings: strict),
        // Texts, JSON and HTML of what was found, planned and done: values alone, for whoever shows them.
        .target(
            name: "Reports",
            dependencies: [
                "AgentProtocol", "Coordinator", "Digest", "HostFiles", "RolloutJournal", "RolloutModel",
                "Rollouts",
            ],
            swiftSettings: strict),
        .target(
            name: "TurnstileCommands",
            dependencies: [
                "AgentProtocol", "ClusterAnswers", "Coordinator", "Digest", "HostFiles", "ProcessInput",
                "Reports",
                "RolloutJournal", "RolloutModel", "Rollouts", "SSH", "Settings", "Simulation", "Vocabulary",
                argumentParser, logging, subprocess, yams,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "turnstile", dependencies: ["SSH", "TurnstileCommands", argumentParser],
            swiftSettings: strict),

        // A fleet, a network, disks and a clock that obey one seed, under the real driver, journal and machine.
        .target(
            name: "Simulation",
            dependencies: [
                "AgentProtocol", "Digest", "HostAgent", "RolloutJournal", "RolloutModel", "Rollouts",
                .product(name: "HeapModule", package: "swift-collections"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "simulate", dependencies: ["RolloutJournal", "Simulation", argumentParser],
            swiftSettings: strict),

        // The cost of showing a rollout, for Scripts/bench.
        .executableTarget(
            name: "view-cost",
            dependencies: [
                "RolloutModel", "Rollouts", "Settings", "Simulation", "TurnstileCommands", argumentParser,
            ], swiftSettings: strict),

        // Text as hostile hosts send it, and all that reads it. Never linked by the product.
        .target(name: "HostileText", dependencies: ["ClusterAnswers", "HostFiles"], swiftSettings: strict),
        .executableTarget(
            name: "fuzz", dependencies: ["HostileText", "HostileViews", argumentParser], swiftSettings: strict
        ),
        // The same text in every value that a view shows, and what would be obeyed of it.
        .target(
            name: "HostileViews",
            dependencies: [
                "AgentProtocol", "Coordinator", "HostileText", "Reports", "RolloutJournal", "RolloutModel",
                "Rollouts", "Settings", "TurnstileCommands",
            ], swiftSettings: strict),

        // Stand-ins for what a practice host cannot have. Never linked by the product.
        .target(
            name: "PracticeHost", dependencies: ["Digest", "HostFiles", subprocess, systemPackage],
            swiftSettings: strictButForFields),
        .executableTarget(name: "practice-host", dependencies: ["PracticeHost"], swiftSettings: strict),

        // Starts Scripts/practice.d/kube_api.py for a test.
        .target(
            name: "KubernetesAPI", dependencies: [subprocess, systemPackage], path: "Tests/KubernetesAPI",
            swiftSettings: strict),

        // Holds what programs of before wrote against what is read of it.
        .target(name: "KeptFormats", path: "Tests/KeptFormats", swiftSettings: strict),

        // Values for tests with the fields that a test does not care for.
        .target(
            name: "SampleValues", dependencies: ["AgentProtocol", "RolloutModel"], path: "Tests/SampleValues",
            swiftSettings: strict),

        // turnstile.yaml and what it names, as files of a test.
        .target(
            name: "SampleSettings", dependencies: ["Settings"], path: "Tests/SampleSettings",
            swiftSettings: strict),

        // Audits, journals with news, and the schemas of docs/schemas, for tests of reports and of the commands that print them.
        .target(
            name: "SampleReports",
            dependencies: ["Coordinator", "RolloutJournal", "RolloutModel", "SampleValues"],
            path: "Tests/SampleReports", swiftSettings: strict),

        .testTarget(
            name: "RolloutModelTests", dependencies: ["RolloutModel", "SampleValues"], swiftSettings: strict),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["HostAgent", "RolloutJournal", "RolloutModel", "Rollouts", "Simulation"],
            // Read by Scripts/simulate alone.
            exclude: ["regressions.txt"], swiftSettings: strict),
        .testTarget(
            name: "ClusterAnswersTests", dependencies: ["ClusterAnswers", "HostFiles"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict),
        .testTarget(
            name: "HostFilesTests", dependencies: ["HostFiles", "HostileText"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict),
        .testTarget(
            name: "HostileViewsTests",
            dependencies: ["HostileViews", "RolloutJournal", "RolloutModel", "SampleReports"],
            swiftSettings: strict),
        .testTarget(
            name: "AgentProtocolTests", dependencies: ["AgentProtocol", "KeptFormats", "SampleValues"],
            // Read by their path, as the journals' are.
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "HostAgentTests",
            dependencies: [
                "AgentProtocol", "Digest", "HostAgent", "HostFiles", "ProcessInput", "SampleValues",
                "turnstile-agent",
                logging,
                subprocess, systemPackage,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SSHTests",
            dependencies: [
                "Coordinator", "Digest", "RolloutModel", "Rollouts", "SSH", logging, subprocess,
                systemPackage,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RolloutJournalTests",
            dependencies: ["KeptFormats", "RolloutJournal", "RolloutModel", "SampleValues"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(name: "DigestTests", dependencies: ["Digest"], swiftSettings: strict),
        .testTarget(
            name: "RolloutsTests",
            dependencies: ["AgentProtocol", "RolloutJournal", "RolloutModel", "Rollouts", "SampleValues"],
            swiftSettings: strict),
        .testTarget(
            name: "CoordinatorTests",
            dependencies: [
                "AgentProtocol", "ClusterAnswers", "Coordinator", "Digest", "HostFiles", "PracticeHost",
                "ProcessInput", "RolloutJournal", "RolloutModel", "Rollouts", "SampleReports", "SampleValues",
                "turnstile",
                subprocess, systemPackage,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PracticeHostTests", dependencies: ["ClusterAnswers", "HostFiles", "PracticeHost"],
            // Read by their path.
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "SettingsTests",
            dependencies: [
                "Coordinator", "Digest", "RolloutJournal", "RolloutModel", "Rollouts", "SSH",
                "SampleSettings",
                "Settings",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Coordinator", "Digest", "Reports", "RolloutJournal", "RolloutModel", "Rollouts",
                "SampleReports",
                "SampleSettings", "SampleValues", "Settings",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TurnstileCommandsTests",
            dependencies: [
                "Coordinator", "Digest", "KeptFormats", "KubernetesAPI", "ProcessInput", "Reports",
                "RolloutJournal", "RolloutModel", "Rollouts", "SSH", "SampleReports", "SampleSettings",
                "SampleValues",
                "Settings", "Simulation",
                "TurnstileCommands", "turnstile",
                argumentParser,
                subprocess, systemPackage,
                yams,
            ],
            swiftSettings: strict),
        // On real hosts of this machine; run by Scripts/test.
        .testTarget(
            name: "PracticeClusterTests",
            dependencies: [
                "AgentProtocol", "Coordinator", "KubernetesAPI", "PracticeHost", "ProcessInput",
                "RolloutModel",
                "Rollouts", "Simulation",
                subprocess, systemPackage,
            ],
            swiftSettings: strict),
    ]
)
