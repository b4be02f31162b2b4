// Writes what it reads on standard input to standard output, in as many pieces as it is told, one a second: the least that
// a program needs to show so much at a terminal.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char text[1 << 22];

int main(int count, char **arguments) {
    int pieces = count == 2 ? atoi(arguments[1]) : 0;
    if (pieces < 1) return 64;
    size_t size = fread(text, 1, sizeof text, stdin), done = 0;
    for (int piece = 1; piece <= pieces; piece++) {
        size_t end = size * (size_t)piece / (size_t)pieces;
        while (done < end) {
            ssize_t written = write(1, text + done, end - done);
            if (written <= 0) return 1;
            done += (size_t)written;
        }
        sleep(1);
    }
    return 0;
}
