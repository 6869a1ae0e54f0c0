// Written by scripts/generate/digests.ts: do not edit, run `npm run generate`.
// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the campaigns over operations must come to
library OperationDigests {
    /// @notice The digest of all results of one operation.
    /// @param op Its code.
    /// @return The digest; 0 for codes without an operation.
    function expected(uint256 op) internal pure returns (uint256) {
        if (op == 0x10) return 0x34e5204ef2278469; // f32Add
        if (op == 0x11) return 0xbfb9de81d3ee7036; // f32Sub
        if (op == 0x12) return 0x67cd76105822fa95; // f32Mul
        if (op == 0x13) return 0xbd5788025840c99b; // f32Div
        if (op == 0x14) return 0xe14db93d8a080d64; // f32Sqrt
        if (op == 0x15) return 0xb0a41b7b80afc408; // f32Min
        if (op == 0x16) return 0xffcc48faf086e6e5; // f32Max
        if (op == 0x17) return 0x67b83da039749f7d; // f32Abs
        if (op == 0x18) return 0x9faf6e34ce523745; // f32Neg
        if (op == 0x19) return 0x48714a6e29c2eb25; // f32Nearest
        if (op == 0x1a) return 0x498cd97560548bca; // f32Floor
        if (op == 0x1b) return 0xd95ca6c036bf4b87; // f32Ceil
        if (op == 0x1c) return 0xf488ab3b3765734a; // f32Trunc
        if (op == 0x20) return 0x0beaf86293e47663; // f32Eq
        if (op == 0x21) return 0x5b378aa78b3d9d98; // f32Ne
        if (op == 0x22) return 0x9dc1bd9c6ed068db; // f32Lt
        if (op == 0x23) return 0xb1bdbdbc9ab98bdd; // f32Le
        if (op == 0x24) return 0x3456118ae0ab7ef7; // f32Gt
        if (op == 0x25) return 0x4560bc9f84d55386; // f32Ge
        if (op == 0x30) return 0x3c9e6192f239d26f; // i32Add
        if (op == 0x31) return 0xbf956623832b14c2; // i32Sub
        if (op == 0x32) return 0x4341267a4bc67553; // i32Mul
        if (op == 0x33) return 0xdfe731d1b25e2050; // i32DivS
        if (op == 0x34) return 0x96ee460f84be9ee6; // i32RemS
        if (op == 0x35) return 0x97fc169956393b72; // i32MinS
        if (op == 0x36) return 0x4e5eae307923e8cb; // i32MaxS
        if (op == 0x37) return 0x8bf1481069ad499b; // i32Abs
        if (op == 0x38) return 0x0691f9df9aa856da; // i32Neg
        if (op == 0x39) return 0x19abd52c8802a011; // i32And
        if (op == 0x3a) return 0xcba7e74d3616d0b6; // i32Or
        if (op == 0x3b) return 0x5e5189f6110a56cf; // i32Xor
        if (op == 0x3c) return 0xd906ae73defcc532; // i32Shl
        if (op == 0x3d) return 0xdd4aa68b84507374; // i32ShrS
        if (op == 0x3e) return 0x4f514d632041ea2c; // i32ShrU
        if (op == 0x40) return 0xe1977332448075b7; // i32Eq
        if (op == 0x41) return 0x537959bb2ff02058; // i32Ne
        if (op == 0x42) return 0x89ee4a0350719034; // i32LtS
        if (op == 0x43) return 0xab4a76a25e447bb9; // i32LeS
        if (op == 0x44) return 0x669cc61e6d69f2b5; // i32GtS
        if (op == 0x45) return 0x41d1a70c2675084f; // i32GeS
        if (op == 0x50) return 0x46bb6a5cc6a6828f; // f32ConvertI32S
        if (op == 0x51) return 0x77a27f83e6dbc672; // f32ConvertI32U
        if (op == 0x52) return 0xd5d57bf81709a369; // i32TruncSatF32S
        if (op == 0x53) return 0x4cca64c01e07758f; // i32TruncSatF32U
        if (op == 0x60) return 0xd438f0e80310c78d; // select
        return 0;
    }
}
