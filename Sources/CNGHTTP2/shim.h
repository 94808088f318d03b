// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis
#ifndef BATON_CNGHTTP2_SHIM_H
#define BATON_CNGHTTP2_SHIM_H
#include <nghttp2/nghttp2.h>
#endif
