/// The files that deisctl makes units from. Each component has one: `deis-router.service`.
public enum PlatformTemplates {
    /// The files' names, as in deisctl's own list (deis/deis, deisctl/units/units.go at v1.13.4).
    /// Decorators are no part of the list: deisctl does without a decorator that is missing.
    public static let files = PlatformComponent.allCases.map { "deis-\($0).service" }.sorted()

    /// The largest file that is taken for a template, in bytes. The largest real template has 2 kB.
    public static let bytesMax = 64 << 10
}
