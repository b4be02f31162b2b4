// What an audit costs at the least: plain C on libssh2, one poll loop, so many sessions in flight. Each host's key is
// verified against known_hosts, the login is by an Ed25519 key, one command is run, its output printed, and goodbye said.
// No retries, no deadlines, nothing read out of the output: whatever does those as well cannot be cheaper.
//
// ssh_floor HOSTS PORT USER KEY KNOWN_HOSTS COMMAND IN_FLIGHT    (HOSTS, KEY, KNOWN_HOSTS and COMMAND are files)
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libssh2.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum step { CONNECT, HANDSHAKE, LOG_IN, OPEN, RUN, READ, CLOSE, GOODBYE, DONE };

struct host {
    char *name;
    enum step step;
    int descriptor;
    LIBSSH2_SESSION *session;
    LIBSSH2_CHANNEL *channel;
    char *output;
    size_t count;
};

static int port;
static const char *user;
static char *key, *command;
static LIBSSH2_KNOWNHOSTS *known;

static void fail(const char *what) {
    fprintf(stderr, "ssh_floor: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void *need(void *pointer) {
    if (pointer == NULL) fail("memory");
    return pointer;
}

static char *contents(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) fail(path);
    char *text = need(malloc(1 << 20));
    text[fread(text, 1, (1 << 20) - 1, file)] = 0;
    fclose(file);
    return text;
}

static int begin(struct host *host) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, host->name, &address.sin_addr) != 1) return -1;
    host->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (host->descriptor < 0) fail("socket");
    int on = 1;
    setsockopt(host->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(host->descriptor, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS) return -1;
    host->session = need(libssh2_session_init());
    libssh2_session_set_blocking(host->session, 0);
    // Those that turnstile asks for, so that both reckon the same.
    libssh2_session_method_pref(host->session, LIBSSH2_METHOD_HOSTKEY, "ssh-ed25519");
    libssh2_session_method_pref(host->session, LIBSSH2_METHOD_CRYPT_CS, "aes256-ctr");
    libssh2_session_method_pref(host->session, LIBSSH2_METHOD_CRYPT_SC, "aes256-ctr");
    libssh2_session_method_pref(host->session, LIBSSH2_METHOD_MAC_CS, "hmac-sha2-256");
    libssh2_session_method_pref(host->session, LIBSSH2_METHOD_MAC_SC, "hmac-sha2-256");
    host->step = CONNECT;
    return 0;
}

static int is_known(struct host *host) {
    size_t count;
    int type;
    const char *offered = libssh2_session_hostkey(host->session, &count, &type);
    return offered != NULL &&
           libssh2_knownhost_checkp(known, host->name, port, offered, count,
                                    LIBSSH2_KNOWNHOST_TYPE_PLAIN | LIBSSH2_KNOWNHOST_KEYENC_RAW, NULL) ==
               LIBSSH2_KNOWNHOST_CHECK_MATCH;
}

// As libssh2 knows no end of output before both streams are read, what comes on standard error is read, and dropped.
static int read_output(struct host *host) {
    char dropped[4096];
    for (;;) {
        host->output = need(realloc(host->output, host->count + (32 << 10)));
        ssize_t count = libssh2_channel_read(host->channel, host->output + host->count, 32 << 10);
        if (count < 0 && count != LIBSSH2_ERROR_EAGAIN) return (int)count;
        if (count > 0) host->count += (size_t)count;
        ssize_t errors = libssh2_channel_read_stderr(host->channel, dropped, sizeof dropped);
        if (errors < 0 && errors != LIBSSH2_ERROR_EAGAIN) return (int)errors;
        if (libssh2_channel_eof(host->channel)) return 0;
        if (count <= 0 && errors <= 0) return LIBSSH2_ERROR_EAGAIN;
    }
}

// Goes on until it would block. 0 when the host is done, or the code of what failed.
static int advance(struct host *host) {
    for (int code = 0;; host->step++) {
        switch (host->step) {
        case CONNECT: {
            socklen_t size = sizeof code;
            getsockopt(host->descriptor, SOL_SOCKET, SO_ERROR, &code, &size);
            if (code > 0) return -1;
            break;
        }
        case HANDSHAKE:
            code = libssh2_session_handshake(host->session, host->descriptor);
            if (code == 0 && !is_known(host)) return -1;
            break;
        case LOG_IN:
            code = libssh2_userauth_publickey_frommemory(host->session, user, strlen(user), NULL, 0, key, strlen(key), "");
            break;
        case OPEN:
            host->channel = libssh2_channel_open_session(host->session);
            code = host->channel != NULL ? 0 : libssh2_session_last_errno(host->session);
            break;
        case RUN: code = libssh2_channel_exec(host->channel, command); break;
        case READ: code = read_output(host); break;
        case CLOSE: code = libssh2_channel_close(host->channel); break;
        case GOODBYE: code = libssh2_session_disconnect(host->session, "done"); break;
        case DONE:
            fwrite(host->output, 1, host->count, stdout);
            return libssh2_channel_get_exit_status(host->channel) == 0 ? 0 : -1;
        }
        if (code != 0) return code;
    }
}

static void end(struct host *host) {
    if (host->session != NULL) libssh2_session_free(host->session);
    close(host->descriptor);
    free(host->output);
}

static short interest(const struct host *host) {
    if (host->step == CONNECT) return POLLOUT;
    int blocked = libssh2_session_block_directions(host->session);
    short events = blocked & LIBSSH2_SESSION_BLOCK_OUTBOUND ? POLLOUT : 0;
    return events != 0 && !(blocked & LIBSSH2_SESSION_BLOCK_INBOUND) ? events : events | POLLIN;
}

int main(int count, char **arguments) {
    if (count != 8) return 64;
    port = atoi(arguments[2]);
    user = arguments[3];
    key = contents(arguments[4]);
    command = contents(arguments[6]);
    int width = atoi(arguments[7]), flying = 0, failed = 0;
    if (libssh2_init(0) != 0) fail("libssh2_init");
    LIBSSH2_SESSION *any = need(libssh2_session_init());
    known = need(libssh2_knownhost_init(any));
    if (libssh2_knownhost_readfile(known, arguments[5], LIBSSH2_KNOWNHOST_FILE_OPENSSH) < 0) fail(arguments[5]);

    struct host *hosts = need(calloc((size_t)width, sizeof *hosts));
    struct pollfd *polls = need(calloc((size_t)width, sizeof *polls));
    char *names = contents(arguments[1]), *next = strtok(names, "\n");
    while (next != NULL || flying > 0) {
        for (; next != NULL && flying < width; next = strtok(NULL, "\n")) {
            hosts[flying] = (struct host){.name = next};
            if (begin(&hosts[flying]) == 0) flying++;
            else failed++, end(&hosts[flying]);
        }
        for (int i = 0; i < flying; i++)
            polls[i] = (struct pollfd){.fd = hosts[i].descriptor, .events = interest(&hosts[i])};
        if (poll(polls, (nfds_t)flying, -1) < 0 && errno != EINTR) fail("poll");
        // From behind, so that the last may take the place of one that is done.
        for (int i = flying - 1; i >= 0; i--) {
            if (polls[i].revents == 0) continue;
            int code = advance(&hosts[i]);
            if (code == LIBSSH2_ERROR_EAGAIN) continue;
            if (code != 0) {
                failed++;
                fprintf(stderr, "ssh_floor: %s: step %d: %d\n", hosts[i].name, hosts[i].step, code);
            }
            end(&hosts[i]);
            hosts[i] = hosts[--flying];
        }
    }
    return failed == 0 ? 0 : 1;
}
