// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Tape} from "../../../contracts/machine/Tape.sol";
import {OperationDigests} from "./OperationDigests.sol";

/// @title A million operand pairs per operation of f32 and conversion, and fewer for the others
/// @notice The pairs and the digest are those of `test/support/operation-campaign.ts`, where they are explained; the digests that must come out
/// were computed there from the results of the host's WebAssembly.
contract TapeTest {
    /// @notice Some result of the campaign is not the host's.
    error CampaignDiffers(uint256 op, uint256 actual, uint256 expected);
    /// @notice The operation has no campaign, so nothing was compared.
    error CampaignMissing(uint256 op);

    /// @dev Pairs for operations of f32 and conversions, which are in these families; bit f stands for family f.
    uint256 private constant MANY = 2 ** 20;
    uint256 private constant MANY_FAMILIES = (1 << 1) | (1 << 2) | (1 << 5);
    /// @dev Pairs for all others.
    uint256 private constant FEW = 2 ** 17;
    /// @dev Pairs that one call of the operation computes.
    uint256 private constant COLUMN = 4096;

    uint256 private constant PATTERNS_0 = 0x000000008000000000000001007fffff0080000000ffffff3380000034000000;
    uint256 private constant PATTERNS_1 = 0x3f0000003f7fffff3f8000003f8000013fc000004020000040490fdb4affffff;
    uint256 private constant PATTERNS_2 = 0x4b0000004b8000004effffff4f0000004f7fffff4f8000007f7fffff7f800000;
    uint256 private constant PATTERNS_3 = 0x7f8000017fc123457fffffffffffffffbf800000cf000000ff8000000000001f;

    function testDiff_f32Add_succeeds() external pure {
        _campaign(0x10);
    }

    function testDiff_f32Sub_succeeds() external pure {
        _campaign(0x11);
    }

    function testDiff_f32Mul_succeeds() external pure {
        _campaign(0x12);
    }

    function testDiff_f32Div_succeeds() external pure {
        _campaign(0x13);
    }

    function testDiff_f32Sqrt_succeeds() external pure {
        _campaign(0x14);
    }

    function testDiff_f32Min_succeeds() external pure {
        _campaign(0x15);
    }

    function testDiff_f32Max_succeeds() external pure {
        _campaign(0x16);
    }

    function testDiff_f32Abs_succeeds() external pure {
        _campaign(0x17);
    }

    function testDiff_f32Neg_succeeds() external pure {
        _campaign(0x18);
    }

    function testDiff_f32Nearest_succeeds() external pure {
        _campaign(0x19);
    }

    function testDiff_f32Floor_succeeds() external pure {
        _campaign(0x1a);
    }

    function testDiff_f32Ceil_succeeds() external pure {
        _campaign(0x1b);
    }

    function testDiff_f32Trunc_succeeds() external pure {
        _campaign(0x1c);
    }

    function testDiff_f32Eq_succeeds() external pure {
        _campaign(0x20);
    }

    function testDiff_f32Ne_succeeds() external pure {
        _campaign(0x21);
    }

    function testDiff_f32Lt_succeeds() external pure {
        _campaign(0x22);
    }

    function testDiff_f32Le_succeeds() external pure {
        _campaign(0x23);
    }

    function testDiff_f32Gt_succeeds() external pure {
        _campaign(0x24);
    }

    function testDiff_f32Ge_succeeds() external pure {
        _campaign(0x25);
    }

    function testDiff_i32Add_succeeds() external pure {
        _campaign(0x30);
    }

    function testDiff_i32Sub_succeeds() external pure {
        _campaign(0x31);
    }

    function testDiff_i32Mul_succeeds() external pure {
        _campaign(0x32);
    }

    function testDiff_i32DivS_succeeds() external pure {
        _campaign(0x33);
    }

    function testDiff_i32RemS_succeeds() external pure {
        _campaign(0x34);
    }

    function testDiff_i32MinS_succeeds() external pure {
        _campaign(0x35);
    }

    function testDiff_i32MaxS_succeeds() external pure {
        _campaign(0x36);
    }

    function testDiff_i32Abs_succeeds() external pure {
        _campaign(0x37);
    }

    function testDiff_i32Neg_succeeds() external pure {
        _campaign(0x38);
    }

    function testDiff_i32And_succeeds() external pure {
        _campaign(0x39);
    }

    function testDiff_i32Or_succeeds() external pure {
        _campaign(0x3a);
    }

    function testDiff_i32Xor_succeeds() external pure {
        _campaign(0x3b);
    }

    function testDiff_i32Shl_succeeds() external pure {
        _campaign(0x3c);
    }

    function testDiff_i32ShrS_succeeds() external pure {
        _campaign(0x3d);
    }

    function testDiff_i32ShrU_succeeds() external pure {
        _campaign(0x3e);
    }

    function testDiff_i32Eq_succeeds() external pure {
        _campaign(0x40);
    }

    function testDiff_i32Ne_succeeds() external pure {
        _campaign(0x41);
    }

    function testDiff_i32LtS_succeeds() external pure {
        _campaign(0x42);
    }

    function testDiff_i32LeS_succeeds() external pure {
        _campaign(0x43);
    }

    function testDiff_i32GtS_succeeds() external pure {
        _campaign(0x44);
    }

    function testDiff_i32GeS_succeeds() external pure {
        _campaign(0x45);
    }

    function testDiff_f32ConvertI32S_succeeds() external pure {
        _campaign(0x50);
    }

    function testDiff_f32ConvertI32U_succeeds() external pure {
        _campaign(0x51);
    }

    function testDiff_i32TruncSatF32S_succeeds() external pure {
        _campaign(0x52);
    }

    function testDiff_i32TruncSatF32U_succeeds() external pure {
        _campaign(0x53);
    }

    function testDiff_select_succeeds() external pure {
        _campaign(0x60);
    }

    function _campaign(uint256 op) private pure {
        uint256 expected = OperationDigests.expected(op);
        require(expected != 0, CampaignMissing(op));
        uint256 columns = _allocate();
        uint256 target = columns + 96 * COLUMN;
        uint256 state = (((op + 1) * 0x9e3779b1) & 0xffffffff) << 32;
        uint256 digest = 0x811c9dc500000000;
        uint256 pairs = (MANY_FAMILIES >> (op >> 4)) & 1 == 1 ? MANY : FEW;
        for (uint256 done = 0; done < pairs; done += COLUMN) {
            state = _fill(columns, state);
            Tape.run(op, columns, columns + 32 * COLUMN, columns + 64 * COLUMN, target, COLUMN);
            digest = _digest(target, digest);
        }
        require(digest == expected, CampaignDiffers(op, digest, expected));
    }

    /// @dev Four columns, and the listed patterns behind them.
    function _allocate() private pure returns (uint256 columns) {
        bytes memory room = new bytes(128 * COLUMN + 1024);
        assembly ("memory-safe") {
            columns := add(room, 32)
            let list := add(columns, mul(128, COLUMN))
            for {
                let i := 0
            } lt(i, 8) {
                i := add(i, 1)
            } {
                let shift := sub(224, shl(5, i))
                let cell := add(list, shl(5, i))
                mstore(cell, and(shr(shift, PATTERNS_0), 0xffffffff))
                mstore(add(cell, 256), and(shr(shift, PATTERNS_1), 0xffffffff))
                mstore(add(cell, 512), and(shr(shift, PATTERNS_2), 0xffffffff))
                mstore(add(cell, 768), and(shr(shift, PATTERNS_3), 0xffffffff))
            }
        }
    }

    /// @dev Writes the next operands. The state of the generator is in bits 32 .. 63, the pattern before in bits 0 .. 31.
    function _fill(uint256 columns, uint256 state) private pure returns (uint256) {
        assembly ("memory-safe") {
            function next(s) -> r {
                r := xor(s, and(shl(13, s), 0xffffffff))
                r := xor(r, shr(17, r))
                r := xor(r, and(shl(5, r), 0xffffffff))
            }
            function pattern(list, previous, s) -> p, r {
                r := next(s)
                let kind := and(shr(29, mul(r, 0x85ebca6b)), 7)
                let listed := mload(add(list, shl(5, and(r, 31))))
                switch kind
                case 2 {
                    p := listed
                }
                case 3 {
                    p := and(sub(add(listed, and(shr(5, r), 3)), 1), 0xffffffff)
                }
                case 4 {
                    p := or(and(add(previous, shl(23, sub(and(r, 7), 3))), 0x7f800000), and(r, 0x807fffff))
                }
                case 5 {
                    p := xor(xor(previous, 0x80000000), and(r, 15))
                }
                case 6 {
                    p := or(and(r, 0x807fffff), add(0x3b800000, shl(23, shr(28, r))))
                }
                case 7 {
                    p := or(and(r, 0xff800000), shl(20, and(r, 7)))
                }
                default {
                    p := r
                }
            }
            let list := add(columns, mul(128, COLUMN))
            let p := and(state, 0xffffffff)
            state := shr(32, state)
            for {
                let end := add(columns, mul(32, COLUMN))
            } lt(columns, end) {
                columns := add(columns, 32)
            } {
                p, state := pattern(list, p, state)
                mstore(columns, p)
                p, state := pattern(list, p, state)
                mstore(add(columns, mul(32, COLUMN)), p)
                mstore(add(columns, mul(64, COLUMN)), state)
            }
            state := or(shl(32, state), p)
        }
        return state;
    }

    /// @dev Two digests of 32 bits, in bits 32 .. 63 and 0 .. 31.
    function _digest(uint256 results, uint256 digest) private pure returns (uint256) {
        assembly ("memory-safe") {
            let high := shr(32, digest)
            let low := and(digest, 0xffffffff)
            for {
                let end := add(results, mul(32, COLUMN))
            } lt(results, end) {
                results := add(results, 32)
            } {
                let result := mload(results)
                high := and(mul(xor(high, result), 0x01000193), 0xffffffff)
                low := and(add(mul(low, 31), result), 0xffffffff)
            }
            digest := or(shl(32, high), low)
        }
        return digest;
    }
}
