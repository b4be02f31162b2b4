/// The treatment of each keyword that `ssh -G` prints. A keyword that restricts ssh's trust is obeyed or refused.
package enum SSHKeyword: Hashable, Sendable {
    /// The value is obeyed.
    case obeyed
    /// No host is reached under other values than `unless`, because turnstile cannot follow them.
    case refused(unless: [String], because: String, named: String)
    /// The keyword only widens trust, and is ignored: every host's key is checked against known_hosts.
    case notTakenUp
    /// The keyword concerns actions that turnstile never takes, or has nothing to do with trust.
    case harmless

    package struct Setting: Hashable, Sendable {
        /// The keyword in the spelling of ssh_config.
        var keyword: String
        var value: String
        var why: String
        /// A value that turnstile can follow.
        var harmless: String
    }

    static let table: [String: SSHKeyword] = Dictionary(
        uniqueKeysWithValues: obeyedOnes.map { ($0, .obeyed) } + refusedOnes
            + notTakenUpOnes.map { ($0, .notTakenUp) }
            + harmlessOnes.map { ($0, .harmless) })

    /// The settings of an answer that cannot be followed.
    static func unfollowed(in values: [String: [String]]) -> [Setting] {
        refusedOnes.compactMap { key, keyword in
            // Without a ProxyCommand nobody hands over a socket.
            if key == "proxyusefdpass", (values["proxycommand"]?.first ?? "none") == "none" { return nil }
            guard case .refused(let allowed, let why, let name) = keyword, let value = values[key]?.first,
                !allowed.contains(where: {
                    value == $0 || value.split(separator: ",").contains(Substring($0))
                })
            else { return nil }
            return Setting(keyword: name, value: value, why: why, harmless: allowed[0])
        }
    }

    private static let obeyedOnes = [
        "addressfamily", "bindaddress", "bindinterface", "connecttimeout", "host", "hostname", "port", "user",
        "identityfile",
        "certificatefile", "identitiesonly",
        "identityagent",
        "userknownhostsfile",
        "globalknownhostsfile", "hostkeyalias", "proxyjump", "proxycommand", "revokedhostkeys", "checkhostip",
        "requiredrsasize", "knownhostscommand", "kexalgorithms", "hostkeyalgorithms", "ciphers", "macs",
        "pubkeyacceptedalgorithms",
        "batchmode", "pubkeyauthentication", "kbdinteractiveauthentication",
        "challengeresponseauthentication",
        "passwordauthentication",
        "pubkeyacceptedkeytypes", "casignaturealgorithms", "hashknownhosts",
        // As far as accept-new; a host that is unknown is refused under every other value.
        "stricthostkeychecking",
    ]

    private static let refusedOnes: [(String, SSHKeyword)] = [
        (
            "proxyusefdpass",
            .refused(
                unless: ["no", "false"],
                because: "turnstile takes no socket from a ProxyCommand, only its bytes",
                named: "ProxyUseFdpass")
        ),
        (
            "preferredauthentications",
            .refused(
                unless: ["publickey", "keyboard-interactive", "password"],
                because: "turnstile logs in with keys and by a person's answers alone",
                named: "PreferredAuthentications")
        ),
    ]

    private static let notTakenUpOnes = [
        "nohostauthenticationforlocalhost", "updatehostkeys",
        // DNS vouches for keys that known_hosts does not have, and never against those that it has.
        "verifyhostkeydns",
        // Other ways to log in.
        "gssapiauthentication", "gssapiclientidentity",
        "gssapidelegatecredentials",
        "gssapikexalgorithms", "gssapikeyexchange", "gssapirenewalforcesrekey",
        "gssapiserveridentity", "gssapitrustdns", "hostbasedacceptedalgorithms", "hostbasedacceptedkeytypes",
        "hostbasedauthentication", "hostbasedkeytypes",
        "kbdinteractivedevices", "numberofpasswordprompts", "pkcs11provider", "securitykeyprovider",
        "enablesshkeysign", "rhostsrsaauthentication", "rsaauthentication", "useprivilegedport", "protocol",
    ]

    private static let harmlessOnes = [
        // Forwardings, terminals, shared connections and commands on this machine, of which there are none here.
        "clearallforwardings", "controlmaster", "controlpath", "controlpersist", "dynamicforward",
        "enableescapecommandline", "escapechar", "exitonforwardfailure", "forkafterauthentication",
        "forwardagent",
        "forwardx11", "forwardx11timeout", "forwardx11trusted", "gatewayports", "localcommand",
        "localforward",
        "obscurekeystroketiming", "permitlocalcommand", "permitremoteopen", "remotecommand",
        "remoteforward", "requesttty", "sendenv", "sessiontype", "setenv", "stdinnull", "streamlocalbindmask",
        "streamlocalbindunlink", "tunnel", "tunneldevice", "xauthlocation", "addkeystoagent", "usekeychain",
        // Names, which `ssh -G` has already resolved.
        "canonicaldomains", "canonicalizefallbacklocal", "canonicalizehostname", "canonicalizemaxdots",
        "canonicalizepermittedcnames", "ignoreunknown", "tag", "versionaddendum", "refuseconnection",
        // Times, speed and routes, for which turnstile has its own bounds.
        "channeltimeout", "compression", "compressionlevel",
        "connectionattempts", "ipqos", "rekeylimit", "serveralivecountmax",
        "serveraliveinterval",
        "tcpkeepalive",
        // Output and questions; fingerprints are always SHA-256.
        "fingerprinthash", "loglevel", "logverbose", "syslogfacility",
        "visualhostkey", "warnweakcrypto",
    ]
}
