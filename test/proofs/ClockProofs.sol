// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GameClock} from "../../contracts/dispute/GameClock.sol";
import {GameState} from "../../contracts/dispute/GameState.sol";
import {Phase, Side} from "../../contracts/types/Game.sol";
import {Duration, Instant} from "../../contracts/types/Time.sol";

/// @notice What holds of a game's clocks after any number of moves at any times.
contract ClockProofs {
    using GameClock for GameState;

    GameState private _game;
    uint40 private _openedAt;
    uint40 private _now;

    constructor(uint32 clock) {
        require(clock < 2 ** 24);
        _now = uint40(block.timestamp);
        require(_now == block.timestamp && _now < 2 ** 39);
        _openedAt = _now;
        _game.phase = Phase.Opened;
        _game.turn = Side.Challenger;
        _game.turnStartedAt = Instant.wrap(_now);
        _game.clock = Duration.wrap(clock);
    }

    /// @notice The side to move moves, as long as it may.
    function move() external {
        _tick();
        require(_game.phase != Phase.Leaf && _game.isInTime());
        _game.passTurn();
        _game.phase = Phase.Narrowing;
        assert(
            Duration.unwrap(_game.operatorUsed) < Duration.unwrap(_game.clock) || _game.turn == Side.Operator
        );
    }

    /// @notice The game reaches the leaf.
    function arrive() external {
        require(_game.phase == Phase.Narrowing);
        _game.phase = Phase.Leaf;
    }

    /// @notice I15: a side has time left, or it has not.
    function prove_remaining_isWhatDecides() external {
        _tick();
        bool operatorHasTime = Duration.unwrap(_game.remaining(Side.Operator)) != 0;
        bool challengerHasTime = Duration.unwrap(_game.remaining(Side.Challenger)) != 0;
        bool mayMove = _game.turn == Side.Operator ? operatorHasTime : challengerHasTime;
        if (_game.phase == Phase.Leaf) mayMove = operatorHasTime || challengerHasTime;
        assert(mayMove == _game.isInTime());
    }

    /// @notice I14: the clock of the side that does not move stands, and the sum of both is the age of the turns that ended.
    function prove_turns_addUp() external view {
        uint256 ended = Instant.unwrap(_game.turnStartedAt) - _openedAt;
        assert(uint256(Duration.unwrap(_game.operatorUsed)) + Duration.unwrap(_game.challengerUsed) == ended);
    }

    /// @notice I16: after 2C nobody can move.
    function prove_game_endsAfterBothClocks() external {
        _tick();
        uint256 age = uint256(_now) - _openedAt;
        if (age >= 2 * uint256(Duration.unwrap(_game.clock))) assert(!_game.isInTime());
    }

    function _tick() private {
        require(block.timestamp >= _now && block.timestamp < 2 ** 39);
        _now = uint40(block.timestamp);
    }
}
