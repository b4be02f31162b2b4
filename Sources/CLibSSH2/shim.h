#pragma once
// known_hosts prescribes SHA-1 for its hashed names, and OpenSSL calls the plain way to it deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
// libssh2 1.11 calls a function deprecated that 1.10 has no other for.
#define LIBSSH2_DISABLE_DEPRECATION
#include <libssh2.h>
#include <libssh2_sftp.h>
// New in 1.11.
#ifndef LIBSSH2_METHOD_SIGN_ALGO
#define LIBSSH2_METHOD_SIGN_ALGO 10
#endif
// Which libssh2 rests on.
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
// Left out by Swift's Glibc module: the loop's system calls, and the settings of the heap.
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
