#pragma once
#include <libssh2.h>
#include <libssh2_sftp.h>
// Which libssh2 rests on.
#include <openssl/evp.h>
// The loop's system calls, which Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
