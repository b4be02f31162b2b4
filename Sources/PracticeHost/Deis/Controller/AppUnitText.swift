/// The unit of one container of an application, as the controller's scheduler writes it.
enum AppUnitText {
    private static let imageKey = "X-Practice-Image"

    static func text(_ container: AppContainer, image: String) -> String {
        """
        [Unit]
        Description=\(container.name)
        \(imageKey)=\(image)

        [Service]
        TimeoutStartSec=20m
        ExecStart=/usr/bin/docker run --rm --name \(container.name) -P \(image)
        ExecStop=/usr/bin/docker stop \(container.name)
        Restart=on-failure

        """
    }

    static func image(in text: String) -> String? { Assignments(text)[Substring(imageKey)] }
}
