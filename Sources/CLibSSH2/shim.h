#pragma once
#include <libssh2.h>
#include <libssh2_sftp.h>
// The loop's system calls, which Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
