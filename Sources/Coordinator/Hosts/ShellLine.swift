/// A line by which /bin/sh runs a program, and which every login shell (sh, bash, csh, tcsh, fish) reads alike.
///
/// A csh runs each line of a longer text by itself, and a fish knows no `a=b`; and what a person's `.bashrc` sets (`set -e`,
/// `alias`) would hold for the program, too. So the login shell is given one pair of quotes, with nothing between them that
/// any shell would take for its own; `printf` puts the rest back.
struct ShellLine {
    let text: String

    /// - Parameter program: for /bin/sh. Without a NUL.
    init(running program: String) {
        var written: [UInt8] = []
        written.reserveCapacity(2 * program.utf8.count)
        for byte in program.utf8 { written += Self.written[Int(byte)] }
        text = #"exec /bin/sh -c 'eval "$(printf ""# + String(decoding: written, as: UTF8.self) + #"")"'"#
    }

    /// The written form of every byte.
    private static let written = (UInt8.min...UInt8.max).map { byte in
        plain.contains(byte) ? [byte] : octal(byte)
    }

    /// Characters that mean nothing to a shell in quotes, nor to `printf`.
    private static let plain = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,./:;=_@+-<>|&()[]{}*?#~".utf8)

    /// Three digits always, so that a digit behind them is none of them.
    private static func octal(_ byte: UInt8) -> [UInt8] {
        Array("\\".utf8) + [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
    }
}
