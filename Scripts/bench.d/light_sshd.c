// A thousand hosts that cost next to nothing: SSH with libssh, one key to log in with, and one answer to whatever is asked.
// For audits of more hosts than sshd, which takes a hundred times as long, can stand in for.
//
// light_sshd PORT HOST_KEY LOGIN_KEY.pub ANSWER    (on every loopback address; prints a line when it listens)
#include <arpa/inet.h>
#include <errno.h>
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static ssh_key login;
static char *answer;
static size_t answer_size;

static void fail(const char *what) {
    fprintf(stderr, "light_sshd: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void read_answer(const char *path) {
    FILE *file = fopen(path, "r");
    answer = malloc(1 << 20);
    if (file == NULL || answer == NULL) fail(path);
    answer_size = fread(answer, 1, 1 << 20, file);
    fclose(file);
}

// Whether the message lets the caller in.
static int log_in(ssh_message message) {
    ssh_message_auth_set_methods(message, SSH_AUTH_METHOD_PUBLICKEY);
    if (ssh_message_subtype(message) != SSH_AUTH_METHOD_PUBLICKEY ||
        ssh_key_cmp(login, ssh_message_auth_pubkey(message), SSH_KEY_CMP_PUBLIC) != 0) {
        ssh_message_reply_default(message);
        return 0;
    }
    if (ssh_message_auth_publickey_state(message) == SSH_PUBLICKEY_STATE_NONE) {
        ssh_message_auth_reply_pk_ok_simple(message);
        return 0;
    }
    if (ssh_message_auth_publickey_state(message) != SSH_PUBLICKEY_STATE_VALID) return 0;
    ssh_message_auth_reply_success(message, 0);
    return 1;
}

static void say(ssh_channel channel) {
    ssh_channel_write(channel, answer, answer_size);
    ssh_channel_request_send_exit_status(channel, 0);
    ssh_channel_send_eof(channel);
    ssh_channel_close(channel);
}

// One caller, from the key exchange to its goodbye.
static void serve(ssh_session session) {
    int is_in = 0;
    ssh_channel channel = NULL;
    if (ssh_handle_key_exchange(session) != SSH_OK) return;
    for (ssh_message message; (message = ssh_message_get(session)) != NULL; ssh_message_free(message)) {
        int type = ssh_message_type(message);
        if (!is_in && type == SSH_REQUEST_AUTH) {
            is_in = log_in(message);
        } else if (is_in && type == SSH_REQUEST_CHANNEL_OPEN && channel == NULL) {
            channel = ssh_message_channel_request_open_reply_accept(message);
        } else if (channel != NULL && type == SSH_REQUEST_CHANNEL &&
                   ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_EXEC) {
            ssh_message_channel_request_reply_success(message);
            say(channel);
        } else {
            ssh_message_reply_default(message);
        }
    }
}

static int listening(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int on = 1, descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0 || listen(descriptor, 1024) != 0)
        fail("listen");
    return descriptor;
}

// Nobody from elsewhere.
static int is_local(int descriptor) {
    struct sockaddr_in peer;
    socklen_t size = sizeof peer;
    return getpeername(descriptor, (struct sockaddr *)&peer, &size) == 0 && ntohl(peer.sin_addr.s_addr) >> 24 == 127;
}

int main(int count, char **arguments) {
    if (count != 5) return 64;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    read_answer(arguments[4]);
    if (ssh_pki_import_pubkey_file(arguments[3], &login) != SSH_OK) fail(arguments[3]);
    ssh_bind bind = ssh_bind_new();
    int no = 0, descriptor = listening(atoi(arguments[1]));
    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_HOSTKEY, arguments[2]);
    puts("listening");
    fflush(stdout);
    for (;;) {
        int caller = accept(descriptor, NULL, NULL), on = 1;
        if (caller < 0) continue;
        pid_t child = is_local(caller) ? fork() : -1;
        if (child == 0) {
            close(descriptor);
            alarm(60);
            setsockopt(caller, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            ssh_session session = ssh_new();
            if (ssh_bind_accept_fd(bind, session, caller) == SSH_OK) serve(session);
            _exit(0);
        }
        close(caller);
    }
}
