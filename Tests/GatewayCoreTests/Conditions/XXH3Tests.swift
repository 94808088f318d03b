// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Testing

@testable import GatewayCore

@Suite("XXH3")
struct XXH3Tests {
    /// As the `xxhash` package of PyPI (3.6, around the reference implementation) gives it for so many bytes of ``bytes(_:)``.
    @Test(
        "every class of lengths, and both sides of each border",
        arguments: [
            (0, 0x2D06_8005_38D3_94C2), (1, 0xF445_B65C_72ED_012B), (2, 0x1804_9ECA_3842_1AC8),
            (
                3,
                0x5436_FB33_69AB_1C26
            ), (4, 0x6A8A_9DA2_A7B8_4F79), (5, 0x93B2_DBC3_046E_978D), (8, 0x2242_21D0_1159_9D82),
            (9, 0x021F_3830_B2E5_D5BB), (15, 0x9E27_C1E1_CAFD_7AAB), (16, 0x6DC4_F01A_5A91_8C93),
            (
                17,
                0xDF7C_FE12_72AA_09C8
            ), (31, 0x4965_54AD_649F_6205), (32, 0xE7DF_FAB4_FE6E_F8D4), (33, 0x4AF0_0246_F4C9_FA90),
            (63, 0x37BA_BF85_035B_D07B), (64, 0xFAE4_CFC6_D089_1EFE), (65, 0xF72A_B5BB_A910_1389),
            (
                96,
                0x6D4C_8C71_7E2A_80C8
            ), (97, 0x20CE_6843_88BF_36F2), (127, 0xAE2B_4DE2_3EC7_9C66),
            (
                128,
                0x0D03_8361_B502_F069
            ), (129, 0xF953_2CBA_83B6_3EA7), (200, 0x903D_B59F_015B_1C42),
            (
                239,
                0xBA7E_FB6D_7EDF_02CC
            ), (240, 0x55CD_DAFE_03C4_4E4C), (241, 0x75BA_3962_10FD_0314),
            (
                255,
                0x547F_19AC_C54C_DF8D
            ), (256, 0x32E6_96E9_5AAC_D489), (1023, 0xA305_D70E_863F_3B51),
            (
                1024,
                0xA1DA_3361_DEAE_F58F
            ), (1025, 0x19E3_7CCB_0F9C_F020), (2048, 0x4322_51AB_DD90_78FB),
            (
                3000,
                0x7E54_B92E_9EB2_5F38
            ),
        ] as [(Int, UInt64)])
    func digests(count: Int, digest: UInt64) {
        let bytes = Self.bytes(count)
        #expect(unsafe bytes.withUnsafeBytes { unsafe XXH3.digest($0) } == digest)
        // The place in memory makes no difference.
        let moved = [0] + bytes
        #expect(
            unsafe moved.withUnsafeBytes { unsafe XXH3.digest(UnsafeRawBufferPointer(rebasing: $0[1...])) } == digest)
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 40)
        }
    }
}
