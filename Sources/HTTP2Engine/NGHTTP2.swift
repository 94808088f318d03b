// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2

/// The constants of libnghttp2 in the types that its own structures use.
enum NGHTTP2 {
    enum Frame {
        static let data = UInt8(NGHTTP2_DATA.rawValue)
        static let headers = UInt8(NGHTTP2_HEADERS.rawValue)
        static let continuation = UInt8(NGHTTP2_CONTINUATION.rawValue)
        static let resetStream = UInt8(NGHTTP2_RST_STREAM.rawValue)
        static let settings = UInt8(NGHTTP2_SETTINGS.rawValue)
        static let goAway = UInt8(NGHTTP2_GOAWAY.rawValue)
    }

    enum Flag {
        static let none = UInt8(NGHTTP2_FLAG_NONE.rawValue)
        static let acknowledgement = UInt8(NGHTTP2_FLAG_ACK.rawValue)
        static let endStream = UInt8(NGHTTP2_FLAG_END_STREAM.rawValue)
        static let endHeaders = UInt8(NGHTTP2_FLAG_END_HEADERS.rawValue)
    }

    enum Setting {
        static let headerTableSize = Int32(NGHTTP2_SETTINGS_HEADER_TABLE_SIZE.rawValue)
    }

    enum Field {
        static let constant = UInt8(NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue)
    }

    enum Code {
        static let success: Int32 = 0
        static let deferred = NGHTTP2_ERR_DEFERRED.rawValue
        static let pause = NGHTTP2_ERR_PAUSE.rawValue
        static let streamFailure = NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
        static let connectionFailure = NGHTTP2_ERR_CALLBACK_FAILURE.rawValue
    }

    /// Error codes of RFC 9113 section 7.
    enum Reason {
        static let noError: UInt32 = 0x0
        static let protocolError: UInt32 = 0x1
        static let internalError: UInt32 = 0x2
        static let cancel: UInt32 = 0x8
        static let enhanceYourCalm: UInt32 = 0xb
    }
}

extension EngineError {
    /// The meaning of a negative return code of libnghttp2.
    init(code: Int32) {
        switch code {
        case NGHTTP2_ERR_NOMEM.rawValue:
            self = .outOfMemory
        case NGHTTP2_ERR_FLOODED.rawValue, NGHTTP2_ERR_TOO_MANY_SETTINGS.rawValue:
            self = .abusive(.controlFrames)
        case NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.rawValue:
            self = .abusive(.continuations)
        case NGHTTP2_ERR_INVALID_ARGUMENT.rawValue, NGHTTP2_ERR_INVALID_STATE.rawValue,
            NGHTTP2_ERR_INVALID_STREAM_ID.rawValue, NGHTTP2_ERR_DATA_EXIST.rawValue,
            NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE.rawValue:
            self = .misuse
        default:
            self = .protocolViolation(code)
        }
    }

    /// The error code of the GOAWAY that tells the peer.
    var goAwayReason: UInt32 {
        switch self {
        case .protocolViolation: NGHTTP2.Reason.protocolError
        case .abusive: NGHTTP2.Reason.enhanceYourCalm
        case .outOfMemory, .misuse: NGHTTP2.Reason.internalError
        }
    }
}
