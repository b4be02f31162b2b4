#pragma once
// known_hosts prescribes SHA-1 for its hashed names, and OpenSSL calls the plain way to it deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <libssh2.h>
#include <libssh2_sftp.h>
// Which libssh2 rests on.
#include <openssl/evp.h>
#include <openssl/sha.h>
// The loop's system calls, which Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
