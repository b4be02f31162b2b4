/// The files that deisctl makes units from: one a component, `deis-router.service`.
public enum PlatformTemplates {
    /// As deisctl's own list has them (deis/deis, deisctl/units/units.go at v1.13.4). Decorators are no part of it: one that is
    /// missing is no fault to deisctl.
    public static let files = PlatformComponent.allCases.map { "deis-\($0).service" }.sorted()

    /// The largest file that is taken for a template, in bytes; the largest real one has 2 kB.
    public static let bytesMax = 64 << 10
}
