// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Budget} from "./Budget.sol";
import {Decoding, Encoded} from "./Decoding.sol";
import {FormTable, NO_INDEX, Operand, Step} from "./Step.sol";
import {Tape} from "./Tape.sol";

/// @title The budget of a step that is being decoded
/// @notice Section 5 of the machine's specification, with the weights of {Budget}.
library StepBudget {
    uint256 private constant SPACE_INDEX = 3;

    /// @notice Adds the weight of loading an operand.
    /// @param d The decoding of the list that the operand belongs to.
    /// @param operand The operand.
    /// @param forms The list's table of forms.
    function weigh(Decoding memory d, Operand memory operand, FormTable memory forms) internal pure {
        unchecked {
            // SAFETY: at most 8 guards and 255 operands.
            uint256 gas = Budget.LOAD + operand.guards * Budget.GUARD;
            if (d.rank == 0) {
                d.outerGas += gas + Budget.FAR;
                return;
            }
            d.stretchGas += gas;
            uint256 form = operand.form + forms.stride;
            int256 stride;
            // SAFETY: reads the last word of the form of the address: what it grows by along a row.
            assembly ("memory-safe") {
                stride := mload(sub(form, 32))
            }
            bool isNear =
                operand.index == NO_INDEX &&
                    d.advances != 0 &&
                    (operand.space == SPACE_INDEX || stride == 0 || stride == 1);
            d.iterationGas += isNear ? Budget.NEAR : Budget.FAR;
        }
    }

    /// @notice Bytes that open every word that an operand can touch.
    /// @param operand The operand, in a space that has words.
    /// @param d The decoding of the list that it belongs to.
    /// @param step The step.
    /// @param strides Where the strides of its address stand in the calldata.
    /// @return least The least of all ways to cut the words into runs.
    function openingBytes(
        Operand memory operand,
        Decoding memory d,
        Step memory step,
        uint256 strides
    ) internal pure returns (uint256 least) {
        unchecked {
            // SAFETY: a span is below 2^48 by the rule on addresses, there are at most 2^24 runs.
            uint256 depth = d.trees.depths[operand.space];
            // Outer operands have no reduction here, and so one run of one word.
            uint256 runs = d.rank == 0 ? 1 : step.iterations;
            least = Budget.openingBytes(runs, 1, depth);
            if (operand.index != NO_INDEX) return least;
            uint256 perWord = 1 << operand.lanes;
            uint256 span = 0;
            for (uint256 j = d.outerRank + d.rank; j > d.outerRank; --j) {
                uint256 extent = d.extents[j - 1];
                if (extent == 1) continue;
                runs /= extent;
                span += Encoded.magnitude(Encoded.signed32(Encoded.word(strides + 4 * j - 4))) * (extent - 1);
                uint256 words = span == 0 ? 1 : (span + perWord - 1) / perWord + 1;
                uint256 candidate = Budget.openingBytes(runs, words, depth);
                if (candidate < least) least = candidate;
            }
        }
    }

    /// @notice Rule 7 of section 4.4.
    /// @param d What was found on the way through the whole encoding.
    /// @param step The step.
    /// @param length Bytes of the encoding.
    /// @return Whether the step is within budget.
    function isKept(Decoding memory d, Step memory step, uint256 length) internal pure returns (bool) {
        unchecked {
            // SAFETY: weights are below 2^13, counts below 2^17 and iterations at most 2^24.
            uint256 innermost = step.reduction.length == 0 ? 1 : step.reduction[step.reduction.length - 1];
            uint256 stretches = step.iterations / innermost + step.iterations / Budget.BLOCK;
            uint256 iterationGas = d.iterationGas + Budget.tape(step.bodyTape.offset, step.bodyTape.length);
            if (step.fold != 0) iterationGas += Budget.operation(Tape.foldOperation(step.fold));
            uint256 gas = Budget.STEP + Budget.BYTE * length + d.outerGas;
            gas += Budget.tape(step.epilogueTape.offset, step.epilogueTape.length);
            gas += stretches * (Budget.STRETCH + d.stretchGas) + step.iterations * iterationGas;
            gas += Budget.WORD * ((d.bytesOpened + 31) / 32);
            return gas <= Budget.MAX_GAS && d.bytesOpened <= Budget.MAX_BYTES;
        }
    }
}
