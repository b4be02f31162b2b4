extension Substring {
    /// `name.service`, `name@instance.timer` (systemd.unit(5)).
    package var isUnitName: Bool {
        utf8.count < 256 && contains(".") && first != "." && consists(of: \.isOfUnitName)
    }
}

extension UInt8 {
    fileprivate var isOfUnitName: Bool {
        isDigit || isLetter || isUnderscore || #":-.\@"#.utf8.contains(self)
    }
}
