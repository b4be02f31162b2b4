/// The words on a command's help screen that the parser does not know.
struct HelpWords {
    /// Options that have a line of their own.
    var leading: [String]
    var examples: [String]

    /// - Parameter name: the words of the command's name, from `turnstile` on.
    static func of(_ name: [String]) -> HelpWords {
        all[name.dropFirst().joined(separator: " ")] ?? HelpWords(leading: [], examples: [])
    }

    /// The commands of turnstile by what they are for.
    static let groups: [(title: String, names: [String])] = [
        ("Set up", ["init", "doctor", "install", "uninstall"]),
        ("Look", ["audit", "gates", "who", "releases"]),
        ("Before", ["plan", "rehearse"]),
        ("Go", ["upgrade", "resume", "hold", "runbook"]),
        ("Follow", ["status", "history", "show", "report"]),
        ("Go back", ["rollback", "abandon", "lose", "unlock"]),
        ("More", ["journal", "platform", "help"]),
    ]

    private static let migration = ["--old", "--new", "--old-token-file", "--new-token-file"]
    private static let deisctl = [
        "--deisctl", "--new-deisctl", "--templates", "--new-templates",
    ]

    /// By the command's name.
    static let all: [String: HelpWords] = [
        "": .init(
            leading: [],
            examples: [
                "turnstile init --from core-1 --write turnstile.yaml", "turnstile doctor", "turnstile plan",
                "turnstile upgrade", "turnstile help holds etcd",
            ]),
        "init": .init(
            leading: ["--from", "--write", "--force"],
            examples: [
                "turnstile init --from core-1", "turnstile init --from core@10.0.0.1 --write turnstile.yaml",
            ]),
        "doctor": .init(
            leading: ["--hosts-file", "--limit", "--output"],
            examples: [
                "turnstile doctor", "turnstile doctor --limit 'etcd:!core-3'",
                "turnstile doctor --output json > doctor.json",
            ]),
        "audit": .init(
            leading: ["--hosts-file", "--limit", "--where", "--output", "--expect", "--since"],
            examples: [
                "turnstile audit", "turnstile audit --hosts-file inventory.ini --limit 'etcd:!core-3'",
                "turnstile audit --from-fleet core-1 --output html > fleet.html",
                "turnstile audit --where 'version<1409'", "turnstile audit --since before.json",
            ]),
        "plan": .init(
            leading: ["--limit", "--where", "--to", "--order"],
            examples: [
                "turnstile plan", "turnstile plan --to 1409.7.0 --order leader-last",
                "turnstile plan --limit core-1", "turnstile plan --output json > plan.json",
            ]),
        "gates": .init(
            leading: ["--watch", "--limit", "--output"],
            examples: [
                "turnstile gates", "turnstile gates --watch", "turnstile gates --limit core-1 --output json",
            ]),
        "releases": .init(
            leading: ["--distribution", "--output"],
            examples: [
                "turnstile releases 1353.8.0..1409.7.0", "turnstile releases '>=3510' --distribution flatcar",
            ]),
        "rehearse": .init(
            leading: ["--from", "--limit", "--runs", "--to"],
            examples: [
                "turnstile rehearse", "turnstile rehearse --exclude core-3",
                "turnstile rehearse --from plan.json --runs 1000",
                "turnstile rehearse --to 1409.7.0 --etcd-after 2.3",
            ]),
        "upgrade": .init(
            leading: ["--limit", "--where", "--to", "--override", "--yes"],
            examples: [
                "turnstile upgrade", "turnstile upgrade --limit core-1 --to 1409.7.0",
                "turnstile upgrade --where 'version<1409' --yes --output ndjson",
                "turnstile upgrade --override window='the night is over'",
            ]),
        "status": .init(
            leading: ["--watch", "--output"],
            examples: ["turnstile status", "turnstile status --watch", "turnstile status --output json"]),
        "who": .init(leading: ["--output"], examples: ["turnstile who", "turnstile who --output json"]),
        "history": .init(
            leading: ["--evidence", "--output"],
            examples: [
                "turnstile history", "turnstile history r-20261124-071205-4f1c --evidence",
            ]),
        "show": .init(
            leading: ["--output"],
            examples: ["turnstile show", "turnstile show r-20261124-071205-4f1c --output json"]),
        "report": .init(
            leading: ["--output", "--to"],
            examples: ["turnstile report --to rollout.html", "turnstile report --output markdown"]),
        "resume": .init(
            leading: ["--retry-reverted", "--from-hosts", "--override", "--yes"],
            examples: [
                "turnstile resume", "turnstile resume r-20261124-071205-4f1c --retry-reverted",
                "turnstile resume --override units='web is down for the night'",
                "turnstile resume --from-hosts",
            ]),
        "hold": .init(
            leading: [], examples: ["turnstile hold", "turnstile hold r-20261124-071205-4f1c"]),
        "rollback": .init(leading: ["--yes"], examples: ["turnstile rollback core-2"]),
        "abandon": .init(
            leading: ["--host", "--yes"],
            examples: ["turnstile abandon", "turnstile abandon --host core-1 core-2"]),
        "lose": .init(
            leading: ["--because", "--yes-it-is-lost"],
            examples: ["turnstile lose core-3 --because 'its disk burnt'"]),
        "unlock": .init(
            leading: ["--reset-tokens", "--yes"],
            examples: ["turnstile who", "turnstile unlock r-20261124-071205-4f1c"]),
        "journal": .init(
            leading: [], examples: ["turnstile journal verify", "turnstile journal verify --hosts"]),
        "journal verify": .init(
            leading: ["--hosts", "--output"],
            examples: ["turnstile journal verify", "turnstile journal verify ./r-1.jsonl --output json"]),
        "install": .init(
            leading: ["--limit", "--agent"],
            examples: [
                "turnstile install", "turnstile install core-4", "turnstile install --where 'agent<1'",
            ]),
        "uninstall": .init(
            leading: ["--limit", "--purge"],
            examples: ["turnstile uninstall core-4", "turnstile uninstall --purge"]),
        "runbook": .init(
            leading: ["--dry-run", "--anew", "--yes"],
            examples: [
                "turnstile runbook spring.yaml --dry-run", "turnstile runbook spring.yaml",
                "turnstile runbook spring.yaml --override coreos='tried on the staging cluster'",
            ]),
        "platform": .init(
            leading: [], examples: ["turnstile platform audit", "turnstile platform backup --into before"]),
        "platform audit": .init(
            leading: ["--controller", "--output"],
            examples: ["turnstile platform audit", "turnstile platform audit --output json"]),
        "platform plan": .init(
            leading: ["--to", "--way"] + deisctl,
            examples: [
                """
                turnstile platform plan --deisctl ./old/deisctl --templates ./old \\
                      --new-deisctl ./new/deisctl --new-templates ./new
                """
            ]),
        "platform upgrade": .init(
            leading: ["--in-place", "--graceful", "--documented", "--dry-run"] + deisctl,
            examples: [
                """
                turnstile platform upgrade --graceful --deisctl ./old/deisctl \\
                      --templates ./old --new-deisctl ./new/deisctl --new-templates ./new
                """
            ]),
        "platform backup": .init(
            leading: ["--into"],
            examples: ["turnstile platform backup", "turnstile platform backup --into before-1.13.4"]),
        "platform migrate": .init(
            leading: [],
            examples: ["turnstile platform migrate status", "turnstile platform migrate run --continue"]),
        "platform migrate plan": .init(
            leading: migration,
            examples: [
                """
                turnstile platform migrate plan --old http://deis.old.example.com \\
                      --new http://deis.new.example.com --old-token-file old-token \\
                      --new-token-file new-token
                """
            ]),
        "platform migrate run": .init(
            leading: ["--continue", "--dry-run", "--adopt", "--again"],
            examples: [
                "turnstile platform migrate run shop", "turnstile platform migrate run --continue",
                "turnstile platform migrate run --adopt blog",
            ]),
        "platform migrate status": .init(
            leading: ["--output"], examples: ["turnstile platform migrate status"]),
        "platform migrate dns": .init(
            leading: ["--write", "--hook", "--ttl"],
            examples: [
                "turnstile platform migrate dns", "turnstile platform migrate dns --write names.zone shop",
            ]),
        "platform migrate cutover": .init(
            leading: ["--for", "--minutes"],
            examples: [
                "turnstile platform migrate cutover", "turnstile platform migrate cutover shop --for 0",
            ]),
        "platform migrate retire": .init(
            leading: ["--minutes"], examples: ["turnstile platform migrate retire --minutes 1440"]),
        "platform migrate keys": .init(
            leading: migration,
            examples: ["turnstile platform migrate keys --old-token-file old --new-token-file new"]),
    ]
}
