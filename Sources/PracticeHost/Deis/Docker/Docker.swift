/// `docker`, as far as one asks it about Deis: the images of the host, its containers, and a few commands in them.
struct Docker: Sendable {
    var images = ImageStore()
    var settings = PlatformSettings.ofThisHost()
    var containers: @Sendable () -> [ContainerTable.Container] = ContainerTable.written

    static let version = "1.10.3"

    func run(_ arguments: [String]) -> Int32 {
        let words = arguments.filter { !$0.hasPrefix("-") || $0 == "--version" || $0 == "-v" }
        let rest = Array(words.dropFirst())
        switch words.first {
        case "--version", "-v": return say("Docker version \(Self.version), build 3bd1e0b")
        case "ps": return say(Self.table(containers(), isQuiet: arguments.contains("-q")))
        case "images":
            let rows = images.all.map { image in
                let parts = image.split(separator: ":").map(String.init)
                return [parts[0], parts.count > 1 ? parts[1] : "latest"]
            }
            return say(TabTable.text([["REPOSITORY", "TAG"]] + rows).trimmedEnd)
        case "pull": return pull(rest)
        case "history", "inspect": return show(rest)
        case "exec":
            // The words after the container's name are its own command, with options of its own.
            guard let name = rest.first, let start = arguments.firstIndex(of: name) else {
                return refuse("docker: \"exec\" requires a minimum of 2 arguments.")
            }
            return execute(name, Array(arguments[(start + 1)...]))
        default:
            return refuse("docker: '\(words.first ?? "")' is not a docker command.\nSee 'docker --help'.")
        }
    }

    static func table(_ containers: [ContainerTable.Container], isQuiet: Bool) -> String {
        if isQuiet { return containers.map(\.id).joined(separator: "\n") }
        let rows = containers.map { container in
            let port = container.port.map { "0.0.0.0:\($0)->\($0)/tcp" } ?? ""
            return [container.id, container.image, "\"/bin/boot\"", "Up", port, container.name]
        }
        return TabTable.text([["CONTAINER ID", "IMAGE", "COMMAND", "STATUS", "PORTS", "NAMES"]] + rows)
            .trimmedEnd
    }

    private func pull(_ names: [String]) -> Int32 {
        guard names.count == 1 else { return refuse("docker: \"pull\" requires 1 argument.") }
        let image = names[0].contains(":") ? names[0] : names[0] + ":latest"
        guard !images.has(image) else { return say("Status: Image is up to date for \(image)") }
        StopFlag().wait(settings.scaled(UnitTimes.pull))
        guard !settings.pullFails else {
            return refuse("Error while pulling image: Get https://registry-1.docker.io: i/o timeout")
        }
        do {
            try images.add(image)
        } catch {
            return refuse("\(error)")
        }
        return say("Status: Downloaded newer image for \(image)")
    }

    private func show(_ names: [String]) -> Int32 {
        guard let name = names.first else { return refuse("docker: requires a minimum of 1 argument.") }
        guard images.has(name) || containers().contains(where: { $0.name == name }) else {
            return refuse("Error: No such image or container: \(name)")
        }
        return say("[]")
    }

    private func execute(_ name: String, _ command: [String]) -> Int32 {
        guard containers().contains(where: { $0.name == name }) else {
            return refuse("Error response from daemon: no such id: \(name)")
        }
        switch (name, command.last) {
        case ("deis-store-monitor", "-s"), ("deis-store-monitor", "health"):
            return say("    cluster 2ba9b9a5\n     health \(settings.storeHealth)")
        case ("deis-database", "pg_dumpall"):
            return say(
                "--\n-- PostgreSQL database cluster dump\n--\n\n--\n-- PostgreSQL database cluster dump complete\n--\n"
            )
        default: return 0
        }
    }

    private func say(_ text: String) -> Int32 {
        if !text.isEmpty { StandardOutput.write(text + "\n") }
        return 0
    }

    private func refuse(_ text: String) -> Int32 {
        StandardError.write(text + "\n")
        return 1
    }
}
