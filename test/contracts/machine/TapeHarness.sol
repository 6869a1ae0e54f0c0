// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Tape} from "../../../contracts/machine/Tape.sol";

/// @title Door to the operations of the machine for tests
contract TapeHarness {
    /// @notice Runs one operation over columns of any length.
    /// @param op Code of the operation.
    /// @param a First operands, 4 bytes each, big-endian.
    /// @param b Second operands, as many.
    /// @param c Third operands, as many; may be empty, which stands for zeros.
    /// @return results As many results, in the same form.
    function run(
        uint256 op,
        bytes calldata a,
        bytes calldata b,
        bytes calldata c
    ) external pure returns (bytes memory results) {
        uint256 count = a.length / 4;
        uint256 target = _column(count);
        Tape.run(op, _expand(a, count), _expand(b, count), _expand(c, count), target, count);
        return _pack(target, count);
    }

    /// @notice Folds values from left to right: the operation over columns of which the first one is the target itself, one cell behind.
    /// @param op Code of the operation.
    /// @param start The accumulator.
    /// @param values The values, 4 bytes each, big-endian; a multiple of 8 of them.
    /// @return results The accumulator after each value, in the same form.
    function fold(
        uint256 op,
        uint256 start,
        bytes calldata values
    ) external pure returns (bytes memory results) {
        uint256 count = values.length / 4;
        uint256 scan = _column(count + 1);
        assembly ("memory-safe") {
            mstore(scan, start)
        }
        Tape.run(op, scan, _expand(values, count), 0, scan + 32, count);
        return _pack(scan + 32, count);
    }

    /// @notice Gas that one operation takes over columns, without their preparation.
    function gasOf(
        uint256 op,
        bytes calldata a,
        bytes calldata b,
        bytes calldata c
    ) external view returns (uint256) {
        uint256 count = a.length / 4;
        uint256 target = _column(count);
        uint256 x = _expand(a, count);
        uint256 y = _expand(b, count);
        uint256 z = _expand(c, count);
        uint256 before = gasleft();
        Tape.run(op, x, y, z, target, count);
        return before - gasleft();
    }

    function _pack(uint256 cells, uint256 count) private pure returns (bytes memory results) {
        results = new bytes(count * 4);
        assembly ("memory-safe") {
            let out := add(results, 32)
            for {
                let end := add(cells, shl(5, count))
            } lt(cells, end) {
                cells := add(cells, 256)
                out := add(out, 32)
            } {
                let word := 0
                for {
                    let i := 0
                } lt(i, 256) {
                    i := add(i, 32)
                } {
                    word := or(shl(32, word), mload(add(cells, i)))
                }
                mstore(out, word)
            }
        }
    }

    function _column(uint256 count) private pure returns (uint256 cells) {
        // 256 bytes more, since results are packed eight at a time.
        bytes memory room = new bytes(count * 32 + 256);
        assembly ("memory-safe") {
            cells := add(room, 32)
        }
    }

    function _expand(bytes calldata packed, uint256 count) private pure returns (uint256 cells) {
        cells = _column(count);
        if (packed.length == 0) return cells;
        assembly ("memory-safe") {
            let source := packed.offset
            for {
                let cell := cells
                let end := add(cells, shl(5, count))
            } lt(cell, end) {
                cell := add(cell, 32)
                source := add(source, 4)
            } {
                mstore(cell, shr(224, calldataload(source)))
            }
        }
    }
}
