// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis
#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H
#endif
