import Coordinator
import Foundation
import RolloutModel
import Rollouts

/// A deisctl and its templates, read from where the operator says that they are.
struct DeisctlFiles {
    var program: Observation<[UInt8]>
    var templates: Observation<[String: [UInt8]]>

    private static let programBytesMax = 256 << 20

    /// - Parameter shell: the shell for a deisctl that is on a host.
    static func read(
        _ place: DeisctlPlace, templates directory: String, shell: HostShell
    ) async -> DeisctlFiles {
        await DeisctlFiles(program: program(place, shell), templates: templates(in: directory))
    }

    /// The package; nil where program or templates could not be read.
    var package: DeisctlPackage? {
        guard let program = program.value, let templates = templates.value else { return nil }
        return DeisctlPackage(program: program, templates: templates)
    }

    private static func program(_ place: DeisctlPlace, _ shell: HostShell) async -> Observation<[UInt8]> {
        switch place {
        case .here(let path): return bytes(path, bytesMax: programBytesMax)
        case .host(let host, let path):
            do throws(HostFault) {
                return .seen(try await DeisctlRunner.file(path, on: host, shell: shell))
            } catch {
                return .unknown("on '\(host)': \(error.why)")
            }
        }
    }

    /// The files that deisctl looks for, and no others. A directory may have more in it.
    private static func templates(in directory: String) -> Observation<[String: [UInt8]]> {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory),
            isDirectory.boolValue
        else { return .unknown("there is no directory '\(directory)'") }
        var templates: [String: [UInt8]] = [:]
        for name in PlatformTemplates.files {
            let path = "\(directory)/\(name)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            switch bytes(path, bytesMax: PlatformTemplates.bytesMax) {
            case .unknown(let why): return .unknown(why)
            // An empty file was cut off where the disk was full, or the network gone.
            case .seen([]): return .unknown("'\(path)' is empty")
            case .seen(let bytes): templates[name] = bytes
            }
        }
        return .seen(templates)
    }

    private static func bytes(_ path: String, bytesMax: Int) -> Observation<[UInt8]> {
        let place = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let attributes = try? FileManager.default.attributesOfItem(atPath: place.path)
        guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular
        else {
            return .unknown("there is no file '\(path)'")
        }
        guard size <= bytesMax else { return .unknown("'\(path)' has \(size) bytes, more than \(bytesMax)") }
        guard let data = try? Data(contentsOf: place) else { return .unknown("'\(path)' cannot be read") }
        return .seen([UInt8](data))
    }
}
