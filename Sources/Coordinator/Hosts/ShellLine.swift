/// A line by which /bin/sh runs a program, and which every login shell (sh, bash, csh, tcsh, fish) reads alike.
///
/// A csh runs each line of a longer text by itself, and a fish knows no `a=b`; and what a person's `.bashrc` sets (`set -e`,
/// `alias`) would hold for the program, too. So the login shell is given one pair of quotes, with nothing between them that
/// any shell would take for its own; `printf` puts the rest back.
struct ShellLine {
    let text: String

    /// - Parameter program: for /bin/sh. Without a NUL.
    init(running program: String) {
        let written = program.utf8.lazy.map { Self.plain.contains($0) ? Self.character($0) : Self.octal($0) }
        text = #"exec /bin/sh -c 'eval "$(printf ""# + written.joined() + #"")"'"#
    }

    /// Characters that mean nothing to a shell in quotes, nor to `printf`.
    private static let plain = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,./:;=_@+-<>|&()[]{}*?#~".utf8)

    private static func character(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }

    /// Three digits always, so that a digit behind them is none of them.
    private static func octal(_ byte: UInt8) -> String {
        "\\" + [byte >> 6, byte >> 3 & 7, byte & 7].map { String($0) }.joined()
    }
}
