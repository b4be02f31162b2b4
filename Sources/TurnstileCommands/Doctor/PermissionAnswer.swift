import RolloutModel

/// The answer of `kubectl auth can-i`.
struct PermissionAnswer: Hashable, Sendable {
    var permission: KubernetesCheck.Permission
    var word: Word

    enum Word: Hashable, Sendable {
        case yes
        /// With the reason behind it, where there is one.
        case no(String)
        /// The server was not asked, or did not say.
        case untold(why: String)
    }

    init(_ permission: KubernetesCheck.Permission, _ ending: BoundedProcess.Ending) {
        self.permission = permission
        word = Self.word(ending)
    }

    var denial: KubernetesCheck.Denial? {
        guard case .no(let said) = word else { return nil }
        return KubernetesCheck.Denial(permission, said: "\(asked): \(said)")
    }

    var untold: KubernetesCheck.Denial? {
        guard case .untold(let why) = word else { return nil }
        return KubernetesCheck.Denial(permission, said: "\(asked): \(why)")
    }

    private var asked: String { "kubectl auth can-i " + permission.question.prefix(2).joined(separator: " ") }

    private static func word(_ ending: BoundedProcess.Ending) -> Word {
        switch ending {
        case .ended(_, let output, let errors):
            let said = lastLine(output)
            if said.hasPrefix("yes") { return .yes }
            if said.hasPrefix("no") { return .no(said) }
            let complaint = lastLine(errors)
            return .untold(why: complaint.isEmpty ? "it said nothing" : complaint)
        case .late: return .untold(why: "no answer in time")
        case .failed(let why): return .untold(why: why)
        }
    }

    private static func lastLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).last.map { ForeignText.line($0, charactersMax: 200) } ?? ""
    }
}
