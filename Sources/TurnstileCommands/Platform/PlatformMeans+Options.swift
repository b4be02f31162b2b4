import Coordinator
import Foundation
import RolloutModel

extension PlatformMeans {
    /// Makes the means that were named by options.
    ///
    /// - Returns: nil where one of the packages could not be read.
    init?(_ options: PlatformUpgradeOptions, _ packages: [DeisctlSide: DeisctlPackage]) {
        guard let old = packages[.old], let new = packages[.new] else { return nil }
        self.init(
            old: Deisctl(options.place(.old), old), new: Deisctl(options.place(.new), new))
    }
}

extension PlatformMeans.Deisctl {
    fileprivate init(_ place: (program: DeisctlPlace, templates: String), _ package: DeisctlPackage) {
        self.init(
            program: place.program.text, templates: place.templates.absolutePath, digest: package.digest)
    }
}

extension DeisctlPlace {
    /// The place as an option takes it, from any directory.
    fileprivate var text: String {
        switch self {
        case .here(let path): path.absolutePath
        case .host(let host, let path): "\(host):\(path)"
        }
    }
}

extension String {
    /// The path of a file here, from any directory.
    var absolutePath: String { URL(fileURLWithPath: self).standardizedFileURL.path }
}
