// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decoding, Encoded} from "./Decoding.sol";
import {FormTable} from "./Step.sol";

/// @title Decoding of affine forms
/// @notice Section 4.1 of the machine's specification: an address or a guard, `base + sum(stride * index)`.
library AffineForms {
    /// @notice Reads an affine form and appends it to a table, with its value at the element's coordinates and the first iteration.
    /// @param d The decoding of the list that the form belongs to.
    /// @param offset Where the form stands in the calldata, which has all of it.
    /// @param forms The table, with room for one more.
    /// @return reach |base| + Σ |stride|·(extent - 1), which bounds the absolute value of the form everywhere.
    function read(
        Decoding memory d,
        uint256 offset,
        FormTable memory forms
    ) internal pure returns (uint256 reach) {
        unchecked {
            // SAFETY: the table has room for every form that the encoding has room for. Strides and extents are below 2^31 in absolute value and the base is
            // at most 2^63, so sums of at most 17 terms are below 2^67.
            uint256 form = forms.end;
            forms.end = form + forms.stride;
            (int256 value, uint256 outerReach) = _outerTerms(
                offset + 8,
                d.outerRank,
                d.extents,
                d.coordinates
            );
            reach = outerReach + _reductionTerms(offset + 8, d.outerRank, d.rank, d.extents, forms.end);
            int256 base;
            // SAFETY: does not touch memory.
            assembly ("memory-safe") {
                base := signextend(7, shr(192, calldataload(offset)))
            }
            reach += Encoded.magnitude(base);
            value += base;
            // SAFETY: writes the form's first word.
            assembly ("memory-safe") {
                mstore(form, value)
            }
        }
    }

    /// @dev The part of a form that depends on the element, and the part of its reach.
    function _outerTerms(
        uint256 strides,
        uint256 rank,
        uint256[] memory extents,
        uint256[] memory coordinates
    ) private pure returns (int256 value, uint256 reach) {
        // SAFETY: reads elements 0 .. rank - 1 of both arrays, which stand behind the arrays' lengths. Sums as in {read}.
        assembly ("memory-safe") {
            let end := add(extents, shl(5, rank))
            coordinates := sub(coordinates, extents)
            for {} lt(extents, end) {
                strides := add(strides, 4)
            } {
                extents := add(extents, 32)
                let stride := sar(224, calldataload(strides))
                value := add(value, mul(stride, mload(add(coordinates, extents))))
                stride := mul(stride, sub(mload(extents), 1))
                let sign := sar(255, stride)
                reach := add(reach, sub(xor(stride, sign), sign))
            }
        }
    }

    /// @dev The part of a form's reach that depends on the iteration; writes what the form advances by into its last words.
    /// @param behind Address behind the form.
    function _reductionTerms(
        uint256 strides,
        uint256 outerRank,
        uint256 rank,
        uint256[] memory extents,
        uint256 behind
    ) private pure returns (uint256 reach) {
        // SAFETY: reads elements outerRank .. outerRank + rank - 1 of the extents, which stand behind the array's length; writes one word per extent that is
        // not 1, for which the form has room. Sums as in {read}.
        assembly ("memory-safe") {
            // The last coordinate first. Its extent stands at `extent`.
            let first := add(extents, shl(5, outerRank))
            let extent := add(first, shl(5, rank))
            strides := add(strides, shl(2, add(outerRank, rank)))
            // What the faster coordinates have added when all of them are at their last.
            let carried := 0
            for {} gt(extent, first) {
                extent := sub(extent, 32)
            } {
                strides := sub(strides, 4)
                let last := sub(mload(extent), 1)
                if last {
                    let stride := sar(224, calldataload(strides))
                    behind := sub(behind, 32)
                    mstore(behind, sub(stride, carried))
                    stride := mul(stride, last)
                    carried := add(carried, stride)
                    let sign := sar(255, stride)
                    reach := add(reach, sub(xor(stride, sign), sign))
                }
            }
        }
    }
}
