import Settings

/// A plain file that completions read.
enum PlainFile {
    /// The file's text; nil where it cannot be read. A pipe or a terminal is not read: what comes through it is not for a
    /// completion.
    static func text(_ name: String, bytesMax: Int, _ environment: ConfigurationEnvironment) -> String? {
        let path = environment.absolute(name, from: environment.workingDirectory)
        guard !WholeFile.isSpecial(path) else { return nil }
        return try? TextFile.read(name, environment: environment, bytesMax: bytesMax)
    }
}
