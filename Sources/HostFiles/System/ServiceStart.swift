/// The start of a service, as its unit file and its drop-ins define it together.
public struct ServiceStart: Hashable, Sendable {
    /// Every command of `ExecStart=`, as written.
    public private(set) var commands: [Setting] = []
    /// Variables by name; the last assignment wins.
    public private(set) var environment: [String: Setting] = [:]
    /// Paths of `EnvironmentFile=`, including a leading `-`, which means that the file may be missing.
    public private(set) var environmentFiles: [String] = []

    /// A value, and the origin of its file.
    public struct Setting: Hashable, Sendable {
        public var value: String
        /// True if the file belongs to the operating system's image; false if it is the host's own.
        public var isOfImage: Bool

        public init(value: String, isOfImage: Bool) {
            self.value = value
            self.isOfImage = isOfImage
        }
    }

    public init() {}

    /// Takes in one more file, in systemd's order: the unit first, then drop-ins by their names. An empty value removes
    /// the earlier ones.
    public mutating func take(_ file: UnitFile, isOfImage: Bool) {
        for assignment in file.assignments where assignment.section == "Service" {
            switch assignment.key {
            case "ExecStart":
                if assignment.value.isEmpty {
                    commands = []
                } else {
                    commands.append(Setting(value: assignment.value, isOfImage: isOfImage))
                }
            case "Environment":
                if assignment.value.isEmpty { environment = [:] }
                for word in Self.words(assignment.value) {
                    take(variable: word[...], isOfImage: isOfImage)
                }
            case "EnvironmentFile":
                if assignment.value.isEmpty {
                    environmentFiles = []
                } else {
                    environmentFiles.append(assignment.value)
                }
            default: break
            }
        }
    }

    /// Takes in an environment file of the host's own, which counts before `Environment=`.
    public mutating func take(environment text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            guard let assignment = try? ShellAssignment(line.trimmingBlanks) else { continue }
            environment[assignment.key] = Setting(value: assignment.value, isOfImage: false)
        }
    }

    private mutating func take(variable word: Substring, isOfImage: Bool) {
        guard let (key, value) = word.split(atFirst: "=" as Unicode.Scalar) else { return }
        environment[String(key)] = Setting(value: String(value), isOfImage: isOfImage)
    }

    /// The words of a value, quotes removed.
    static func words(_ value: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var isWord = false
        var quote: Unicode.Scalar?
        var rest = value.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch (scalar, quote) {
            case ("\"", nil), ("'", nil): (quote, isWord) = (scalar, true)
            case (_, .some(let open)) where scalar == open: quote = nil
            case ("\\", _):
                if let next = rest.popFirst() { word.append(next) }
                isWord = true
            case (" ", nil), ("\t", nil):
                if isWord { words.append(String(word)) }
                (word, isWord) = (.init(), false)
            default:
                word.append(scalar)
                isWord = true
            }
        }
        if isWord { words.append(String(word)) }
        return words
    }
}
