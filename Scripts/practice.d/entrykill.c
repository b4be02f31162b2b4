// Preloaded into turnstile: ends it with SIGKILL right after an entry of its journal, or of a migration's record, is durable,
// and before anything follows from that entry.
//
// ENTRYKILL_SEEN is a file with the entries that ended a turnstile before, a line each, so that every entry ends one at most
// once, however often it is written. Numbers, times and the ids of rollouts are left out of the comparison. ENTRYKILL_EVERY=N and ENTRYKILL_SEED
// take about one entry of N, by the seed. About half of the entries that announce an act end turnstile some time
// later, up to ENTRYKILL_ACT_MS: the act may be under way then.
#define _GNU_SOURCE
#include <ctype.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LINE_MAX_BYTES (1 << 20)

static uint64_t number(const char *name) {
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : 0;
}

// The last line of a file, without its end; NULL if the file has none. The caller frees it.
static char *last_line(int file) {
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return NULL;
    off_t start = status.st_size > LINE_MAX_BYTES ? status.st_size - LINE_MAX_BYTES : 0;
    size_t length = (size_t)(status.st_size - start);
    char *text = malloc(length + 1);
    if (!text) return NULL;
    if (pread(file, text, length, start) != (ssize_t)length || text[length - 1] != '\n') {
        free(text);
        return NULL;
    }
    text[length - 1] = 0;
    char *before = strrchr(text, '\n');
    if (before) memmove(text, before + 1, strlen(before + 1) + 1);
    return text;
}

// The length of the id of a rollout at the beginning of a text, r-20261130-141932-24d3; 0 where there is none.
static size_t id_length(const char *text) {
    static const char form[] = "r-dddddddd-dddddd-xxxx";
    for (size_t place = 0; form[place]; place++) {
        unsigned char byte = (unsigned char)text[place];
        int fits = form[place] == 'd' ? isdigit(byte) : form[place] == 'x' ? isxdigit(byte) : byte == (unsigned char)form[place];
        if (!fits) return 0;
    }
    return sizeof form - 1;
}

// Leaves what an entry says, with every number of it as N, without ids of rollouts, and without an explanation: {"at":…,"number":…,"what":SAYS,"sha256":…}. False for
// any other text.
static int says(char *line) {
    char *what = strstr(line, "\"what\":"), *end = strstr(line, ",\"sha256\":\"");
    if (strncmp(line, "{\"at\":\"", 7) != 0 || !what || !end || end < what) return 0;
    *end = 0;
    char *to = line;
    for (char *from = what; *from; from++) {
        size_t id = id_length(from);
        if (id > 0) {
            from += id - 1;
            continue;
        }
        *to++ = *from;
        if (strncmp(from, "\"why\":\"", 7) == 0) {
            for (from += 7; *from && *from != '"'; from++) from += *from == '\\' && from[1];
            if (!*from) break;
        }
        if (*from != ':' || !isdigit((unsigned char)from[1])) continue;
        *to++ = 'N';
        while (isdigit((unsigned char)from[1])) from++;
    }
    *to = 0;
    // The first entry has the whole plan in it.
    if (strlen(line) > 400) line[400] = 0;
    return 1;
}

// FNV-1a, over the seed and the text.
static uint64_t hash(const char *text) {
    uint64_t value = 14695981039346656037u ^ number("ENTRYKILL_SEED");
    for (; *text; text++) value = (value ^ (unsigned char)*text) * 1099511628211u;
    return value ^ value >> 29;
}

static int is_seen(FILE *seen, const char *text) {
    char *line = NULL;
    size_t size = 0;
    int found = 0;
    while (!found && getline(&line, &size, seen) > 0) {
        line[strcspn(line, "\n")] = 0;
        found = strcmp(line, text) == 0;
    }
    free(line);
    return found;
}

static void *end_later(void *milliseconds) {
    usleep((useconds_t)(uintptr_t)milliseconds * 1000);
    kill(getpid(), SIGKILL);
    return NULL;
}

static void judge(char *text) {
    const char *path = getenv("ENTRYKILL_SEEN");
    FILE *seen = path ? fopen(path, "a+e") : NULL;
    if (!seen) return;
    int is_new = !is_seen(seen, text);
    if (is_new) fprintf(seen, "%s\n", text);
    fclose(seen);
    uint64_t every = number("ENTRYKILL_EVERY"), value = hash(text), most = number("ENTRYKILL_ACT_MS");
    if (!is_new || (every > 1 && value % every != 0)) return;
    int announces = strstr(text, "\"intent\":") || strstr(text, "\"asking\":");
    pthread_t thread;
    // At once, or later: by the seed.
    if (announces && most > 0 && value / 3 % 2 == 0 &&
        pthread_create(&thread, NULL, end_later, (void *)(uintptr_t)(value / 7 % most)) == 0)
        return;
    kill(getpid(), SIGKILL);
}

int fsync(int file) {
    static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
    int result = (int)syscall(SYS_fsync, file);
    if (result != 0) return result;
    pthread_mutex_lock(&turn);
    char *line = last_line(file);
    if (line && says(line)) judge(line);
    free(line);
    pthread_mutex_unlock(&turn);
    return result;
}
