/// A timeline for a ticket or a wiki, in GitHub's Markdown.
enum TimelineMarkdown {
    static func text(_ sections: TimelineSections) -> String {
        let facts = table(["", ""], sections.facts.map { [$0.name, $0.value] })
        let blocks = sections.all.flatMap { section -> [[String]] in
            let more = section.leftOut > 0 ? " (\(section.leftOut) earlier ones are left out)" : ""
            return [["\(section.title)\(more):"], table(section.header, section.rows)]
        }
        return ([facts] + blocks).map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        let lines = [header, header.map { _ in "---" }] + rows.map { $0.map(AuditMarkdown.escaped) }
        return lines.map { "| \($0.joined(separator: " | ")) |" }
    }
}
