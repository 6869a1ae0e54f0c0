// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GameMoves} from "../../contracts/dispute/GameMoves.sol";

/// @notice What holds of the levels that moves descend, for every depth a model may have.
contract MoveProofs {
    uint256 private _level;
    uint256 private _answers;
    uint256 private immutable _depth;

    constructor(uint256 depth) {
        require(depth <= 32);
        _depth = depth;
    }

    /// @notice I23: the level rises with every answer, and never beyond the leaves.
    function answer() external {
        require(_level < _depth);
        uint256 height = GameMoves.rowHeight(_level, _depth);
        assert(height >= 1 && height <= 4);
        _level += height;
        ++_answers;
        assert(_level <= _depth);
    }

    /// @notice I23: a game has at most one answer for four levels, and one for the rest.
    function prove_answers_areFew() external view {
        assert(_answers <= (_depth + 3) / 4);
        assert(_level == _depth || _level == 4 * _answers);
    }
}
