import HostileText

/// Values that others had a part in, and every view that shows them.
public struct HostileView: Sendable, CustomStringConvertible {
    /// The subject of the documents, for people.
    public let description: String
    private let template: JSONTemplate
    private let takes: @Sendable ([UInt8]) async -> Bool
    /// nil where what it was given is refused.
    private let render: @Sendable ([UInt8]) async throws -> [Rendering]?
    /// Places that take any text; the others are taken only as they are: names of our own, or of a certain form.
    private var open: [Int] = []
    private var checked: [Int] = []
    /// By place, what is taken of the numbers at the edges.
    private var numerals: [Int: [String]] = [:]

    /// - Parameters:
    ///   - sample: a document of harmless values, which has every field.
    ///   - read: throws where the document is refused.
    ///   - show: all views of what was read.
    init<Value>(
        _ description: String, _ sample: String, read: @escaping @Sendable ([UInt8]) throws -> Value,
        show: @escaping @Sendable (Value) async throws -> [Rendering]
    ) async throws {
        self.description = description
        takes = { (try? read($0)) != nil }
        render = { document in
            guard let value = try? read(document) else { return nil }
            return try await show(value)
        }
        template = JSONTemplate(sample)
        _ = try read(template.filled())
        for place in template.texts.indices {
            let probe = template.filled(texts: [place: JSONString.plain("\u{1B}[2J\n; x")])
            if await takes(probe) { open.append(place) } else { checked.append(place) }
        }
        for place in template.numbers.indices {
            var taken: [String] = []
            for numeral in HostileWord.numerals where await takes(template.filled(numbers: [place: numeral]))
            {
                taken.append(numeral)
            }
            numerals[place] = taken.isEmpty ? nil : taken
        }
    }

    /// The result of showing one document.
    public enum Outcome: Sendable {
        case refused
        case shown(views: Int)
        /// Something in a view would be obeyed; `view` is which.
        case obeyed(view: String, why: String)
    }

    /// Fills the places, and looks at what the views make of it. The same from the same seed.
    public func outcome(seed: UInt64) async -> Outcome {
        var random = SeededGenerator(seed: seed)
        let document = document(using: &random)
        do {
            guard let renderings = try await render(document) else { return .refused }
            for rendering in renderings {
                if let complaint = rendering.complaint {
                    return .obeyed(view: rendering.view, why: complaint)
                }
            }
            return .shown(views: renderings.count)
        } catch {
            return .obeyed(view: "a view that throws", why: "\(error)")
        }
    }

    /// The complaint about a document of harmless values; nil if there is none.
    public func harmless() async throws -> String? {
        try await render(template.filled())?.lazy.compactMap(\.complaint).first
    }

    /// The text that programs read of a document of harmless values: the JSON of each view, and the lines of JSON as a list.
    func documents() async throws -> [(view: String, text: String)] {
        (try await render(template.filled()) ?? []).compactMap { rendering in
            switch rendering.form {
            case .json(let text, _): (rendering.view, text)
            case .ndjson(let lines, _):
                (rendering.view, "[" + lines.split(separator: "\n").joined(separator: ",") + "]")
            case .lines, .coloured, .message, .terminal, .csv, .markdown, .html: nil
            }
        }
    }

    private func document(using random: inout SeededGenerator) -> [UInt8] {
        var texts: [Int: String] = [:]
        let isWhole = Int.random(in: 0..<8, using: &random) == 0
        for place in open where isWhole || Bool.random(using: &random) {
            texts[place] = Self.json(after: template.texts[place], using: &random)
        }
        // A hostile value in a checked place nearly always has the whole document refused.
        if Int.random(in: 0..<32, using: &random) == 0, let place = checked.randomElement(using: &random) {
            texts[place] = Self.json(after: template.texts[place], using: &random)
        }
        var numbers: [Int: String] = [:]
        if Int.random(in: 0..<3, using: &random) == 0 {
            for (place, taken) in numerals.sorted(by: { $0.key < $1.key }) where Bool.random(using: &random) {
                numbers[place] = taken.randomElement(using: &random)
            }
        }
        return template.filled(texts: texts, numbers: numbers)
    }

    private static func json(after harmless: String, using random: inout SeededGenerator) -> String {
        let word = HostileWord.random(after: harmless, using: &random)
        switch Int.random(in: 0..<32, using: &random) {
        case 0:
            return JSONString.escaped(
                word, tail: [#"\ud800"#, #"\udc00"#].randomElement(using: &random) ?? "")
        case 1..<8: return JSONString.escaped(word)
        default: return JSONString.plain(word)
        }
    }
}

extension HostileView {
    /// Every kind of document, each first tried with harmless values.
    public static func all() async throws -> [HostileView] {
        try await audits() + rollouts() + reasons() + plans() + answers() + words() + runbooks()
    }
}
