extension PlatformRelease {
    /// Each line has a release: version, CoreOS release, version of the controller's API (`?`: not known).
    ///
    /// Source: deis/deis at each tag. CoreOS: `COREOS_VERSION` in `Vagrantfile` and `contrib/utils.sh`. API:
    /// `controller/api/__init__.py` and `docs/reference/api-v*.rst`. Deis tried 681 for 1.10 and took it
    /// back (b925ebe2). Deis tried 1010.5.0 for 1.13.2 and took it back (c5c4c7d2).
    static let rows = """
        1.0.0 494.0.0 ?
        1.0.1 494.0.0 ?
        1.0.2 509.1.0 ?
        1.1.0 >=494.4.0 ?
        1.1.1 >=494.5.0 ?
        1.2.0 >=494.5.0 ?
        1.3.0 >=522.6.0 ?
        1.4.0 >=557.2.0 ?
        1.5.0 >=607.0.0 ?
        1.6.0 >=633.1.0 ?
        1.7.0 >=647.2.0 ?
        1.8.0 647.2.0 1.5
        1.9.0 647.2.0 1.5
        1.9.1 647.2.0 1.5
        1.10.0 647.2.0 1.6
        1.10.1 647.2.0 1.6
        1.11.0 766.4.0 1.7
        1.11.1 766.4.0 1.7
        1.11.2 766.4.0 1.7
        1.12.0 766.4.0 1.7
        1.12.1 766.5.0 1.7
        1.12.2 766.5.0 1.7
        1.12.3 835.12.0 1.7
        1.13.0 899.13.0 1.7
        1.13.1 899.17.0 1.7
        1.13.2 899.17.0 1.7
        1.13.3 1068.8.0 1.7
        1.13.4 1068.8.0 1.7
        """
}
