// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FormTable, Step} from "./Step.sol";

/// @notice Where a reduction stands.
struct Walk {
    /// @dev Coordinates of the next iteration.
    uint256[] coordinates;
    /// @dev Extent of the innermost coordinate: iterations of a row.
    uint256 rowLength;
    /// @dev Iterations of the row that are behind.
    uint256 rowPosition;
    /// @dev Iterations of the reduction that are not yet done.
    uint256 remaining;
}

using Walks for Walk global;

/// @title Walking over a reduction
/// @notice In row-major order, the last coordinate fastest. Extents that are 1 are left out.
library Walks {
    /// @notice Stands at the first iteration.
    /// @param step The step.
    /// @return walk Where its reduction starts.
    function start(Step memory step) internal pure returns (Walk memory walk) {
        uint256 rank = step.reduction.length;
        walk.coordinates = new uint256[](rank);
        unchecked {
            // SAFETY: the rank is not 0 where 1 is subtracted.
            walk.rowLength = rank == 0 ? 1 : step.reduction[rank - 1];
        }
        walk.remaining = step.iterations;
    }

    /// @notice Walks over a stretch. At the end of the reduction the forms stay where they are.
    /// @param self Where the reduction stands.
    /// @param forms The affine forms that depend on it.
    /// @param reduction The extents.
    /// @param stretch Number of iterations, which do not leave their row.
    function advance(
        Walk memory self,
        FormTable memory forms,
        uint256[] memory reduction,
        uint256 stretch
    ) internal pure {
        uint256 position;
        unchecked {
            // SAFETY: at most the length of a row, and what remains.
            position = self.rowPosition + stretch;
            self.remaining -= stretch;
        }
        if (self.remaining == 0) return;
        uint256[] memory coordinates = self.coordinates;
        bool isRowOver = position == self.rowLength;
        self.rowPosition = isRowOver ? 0 : position;
        uint256 table = forms.start;
        uint256 end = forms.end;
        uint256 stride = forms.stride;
        // SAFETY: writes the coordinates, and the first word of every form of the table. There is a next iteration, so in the first loop some coordinate
        // is not at its last.
        assembly ("memory-safe") {
            // The place of the coordinate that goes up, in the arrays, whose elements stand behind their length.
            let place := shl(5, mload(reduction))
            if isRowOver {
                for {} 1 {} {
                    place := sub(place, 32)
                    let coordinate := add(mload(add(coordinates, place)), 1)
                    if lt(coordinate, mload(add(reduction, place))) {
                        mstore(add(coordinates, place), coordinate)
                        break
                    }
                    mstore(add(coordinates, place), 0)
                }
            }
            // All iterations of the stretch but the last one move along the row; that one moves the coordinate that was found.
            let along := sub(stride, 32)
            let across := add(place, 32)
            let steps := sub(stretch, 1)
            for {
                let form := table
            } lt(form, end) {
                form := add(form, stride)
            } {
                mstore(
                    form,
                    add(mload(form), add(mul(steps, mload(add(form, along))), mload(add(form, across))))
                )
            }
        }
    }
}
