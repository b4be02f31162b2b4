extension UpdateSettings {
    /// The odd lines of the two keys that the engine reads: quotes, blanks and the CR of a line's end are part of a value,
    /// and a blank before a key makes another key of it (facts 0.61).
    public var oddLines: [OddSetting] {
        [(UpdateConfiguration.Key.group, group), (.server, server)].flatMap { key, setting in
            odd(key, setting) + missed(key, setting)
        }
    }

    private func odd(_ key: UpdateConfiguration.Key, _ setting: Setting) -> [OddSetting] {
        guard let path = setting.path, let line = files[path]?.lineNumber(of: key),
            setting.value.isEmpty || !setting.value.utf8.allSatisfy(\.isPlainInUpdateConfiguration)
        else { return [] }
        return [
            OddSetting(
                key: key.rawValue, value: setting.value, path: path, line: line,
                meant: Self.meant(setting.value[...]))
        ]
    }

    /// The last line, in the first file that the engine reads, that is meant for the key and has another key to the
    /// engine.
    private func missed(_ key: UpdateConfiguration.Key, _ setting: Setting) -> [OddSetting] {
        guard let path = distribution.updateConfigurationSearchPaths.first(where: { files[$0] != nil }),
            let found = files[path]?.missedLine(of: key), setting.path != path
        else { return [] }
        return [
            OddSetting(
                key: key.rawValue, value: setting.value, path: path, line: found.line,
                meant: Self.meant(found.value))
        ]
    }

    /// The value without comment, blanks and quotes.
    private static func meant(_ value: Substring) -> String {
        var text = value.trimmingBlanks
        for comment in [" #", "\t#"] { text = text.split(atFirst: comment)?.0.trimmingBlanks ?? text }
        for quote in ["\"", "'"] {
            if let inner = text.after(quote)?.before(suffix: quote) { text = inner.trimmingBlanks }
        }
        return text.utf8.allSatisfy(\.isPlainInUpdateConfiguration) ? String(text) : ""
    }
}

extension UpdateConfiguration {
    /// The number of the last line with the key, counted from 1; nil if no line has it.
    func lineNumber(of key: Key) -> Int? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.lastIndex { $0.starts(with: "\(key.rawValue)=".utf8) }.map { $0 + 1 }
    }

    /// The last line that looks like one of the key to people, and not to the engine.
    fileprivate func missedLine(of key: Key) -> (line: Int, value: Substring)? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated().reversed() {
            let text = String(decoding: line, as: UTF8.self)[...]
            let words = (text.after("\u{FEFF}") ?? text).trimmingBlanks
            let assignment = (words.after("export ") ?? words).trimmingBlanks
            guard let (name, value) = assignment.split(atFirst: "=" as Unicode.Scalar),
                name.trimmingBlanks == key.rawValue, !line.starts(with: "\(key.rawValue)=".utf8)
            else { continue }
            return (index + 1, value)
        }
        return nil
    }
}
