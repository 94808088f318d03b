// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis
#ifndef BATON_CPREFETCH_H
#define BATON_CPREFETCH_H

/// Asks the processor to bring a line of memory near, to be written to; it goes on meanwhile. Any address will do.
static inline __attribute__((always_inline)) void prefetch_line(const void *_Nonnull address) {
    __builtin_prefetch(address, 1, 3);
}

#endif
