// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis
#include "prefetch.h"
