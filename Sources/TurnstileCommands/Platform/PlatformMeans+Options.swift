import Coordinator
import Foundation
import RolloutModel

extension PlatformMeans {
    /// Makes the means of a choice.
    ///
    /// - Returns: nil where one of the packages could not be read.
    init?(_ choice: PlatformChoice, _ packages: [DeisctlSide: DeisctlPackage]) {
        guard let old = packages[.old], let new = packages[.new] else { return nil }
        self.init(old: Deisctl(choice.old, old), new: Deisctl(choice.new, new))
    }
}

extension PlatformMeans.Deisctl {
    fileprivate init(_ tool: PlatformStage.Tool, _ package: DeisctlPackage) {
        self.init(
            program: tool.program.text, templates: tool.templates.absolutePath, digest: package.digest)
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
