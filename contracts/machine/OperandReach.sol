// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NO_RUN} from "./Openings.sol";
import {Operand} from "./Step.sol";

/// @title Where an operand reads
/// @notice Its affine forms along a row, the iterations in which its guards hold, and the opened words that hold its elements.
library OperandReach {
    /// @notice The evaluation needs a word that the proof does not show. Spaces are 0 input, 1 constants, 2 trace.
    error OperandWordMissing(uint256 space, uint256 word);

    /// @notice The part [low, high) of a stretch in which every guard holds; empty if low >= high.
    /// @param self The operand. Its forms have their values at the stretch's first iteration.
    /// @param formStride Bytes of one form.
    /// @param count Number of iterations, at most 2^24.
    /// @return low The first iteration.
    /// @return high The one behind the last one.
    function guarded(
        Operand memory self,
        uint256 formStride,
        uint256 count
    ) internal pure returns (uint256 low, uint256 high) {
        high = count;
        uint256 place = self.form;
        unchecked {
            // SAFETY: forms are below 2^48 and bounds below 2^31; divisors are not zero.
            for (uint256 i = self.guards; i > 0; --i) {
                place += formStride;
                (int256 value, int256 step) = form(place, formStride);
                int256 bound;
                // SAFETY: reads the second word of a guard's form.
                assembly ("memory-safe") {
                    bound := mload(add(place, 32))
                }
                // The first iteration in which 0 <= value + step·i < bound, and the first one after that in which it fails.
                int256 first = 0;
                int256 behind = int256(high);
                if (step == 0) {
                    if (value < 0 || value >= bound) return (0, 0);
                } else if (step > 0) {
                    if (value < 0) first = (step - 1 - value) / step;
                    behind = value < bound ? (bound - value + step - 1) / step : int256(0);
                } else {
                    if (value >= bound) first = (value - bound) / -step + 1;
                    behind = value < 0 ? int256(0) : value / -step + 1;
                }
                if (uint256(first) > low) low = uint256(first);
                if (uint256(behind) < high) high = uint256(behind);
            }
        }
    }

    /// @notice Where a stretch of neighbouring elements stands in the calldata.
    /// @param self The operand, which grows by 1 along the row.
    /// @param formStride Bytes of one form.
    /// @param count Number of iterations, at least 1 and at most 2^24.
    /// @return source Calldata offset of the first element; 0 if a guard fails, an element is out of range, or they are in several runs.
    function contiguous(
        Operand memory self,
        uint256 formStride,
        uint256 count
    ) internal pure returns (uint256 source) {
        if (self.guards != 0) {
            (uint256 low, uint256 high) = guarded(self, formStride, count);
            if (low != 0 || high != count) return 0;
        }
        (int256 value, ) = form(self.form, formStride);
        unchecked {
            // SAFETY: addresses are below 2^48 in absolute value, and what is in range is below 2^45; a word has 2^lanes elements.
            uint256 place = uint256(value);
            if (value < 0 || place + count > self.limit) return 0;
            uint256 lanes = self.lanes;
            uint256 word = self.origin + (place >> lanes);
            uint256 run = runOf(self, word);
            if (self.origin + ((place + count - 1) >> lanes) >= uint64(run >> 64)) return 0;
            uint256 lane = place & ((1 << lanes) - 1);
            source = uint64(run) + 32 * (word - (run >> 128)) + (lane << (5 - lanes));
        }
    }

    /// @notice Sets the cursor to the run that holds a word.
    /// @param self The operand.
    /// @param word Number of the word in its tree.
    function move(Operand memory self, uint256 word) internal pure {
        uint256 cursor = self.opening.locate(self.cursor, word);
        require(cursor != NO_RUN, OperandWordMissing(self.space, word));
        self.cursor = cursor;
    }

    /// @notice The run that holds a word.
    /// @param self The operand, whose cursor is left there.
    /// @param word Number of the word in its tree.
    /// @return run The run, as {Openings} writes it.
    function runOf(Operand memory self, uint256 word) internal pure returns (uint256 run) {
        uint256 cursor = self.cursor;
        // SAFETY: reads the table's word, or zero.
        assembly ("memory-safe") {
            run := mload(cursor)
        }
        unchecked {
            // SAFETY: a run ends behind its first word; a word before that wraps to a number beyond every end.
            uint256 first = run >> 128;
            if (word - first < uint64(run >> 64) - first) return run;
        }
        move(self, word);
        cursor = self.cursor;
        // SAFETY: reads the table's word.
        assembly ("memory-safe") {
            run := mload(cursor)
        }
    }

    /// @notice What an affine form says about a row.
    /// @param place Address of the form.
    /// @param formStride Bytes of a form.
    /// @return value Its value at the first iteration.
    /// @return step What it grows by along the row, which is its last word.
    function form(uint256 place, uint256 formStride) internal pure returns (int256 value, int256 step) {
        // SAFETY: reads the form.
        assembly ("memory-safe") {
            value := mload(place)
            step := mload(sub(add(place, formStride), 32))
        }
    }
}
