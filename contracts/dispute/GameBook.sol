// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDisputeGame} from "../interfaces/IDisputeGame.sol";
import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IReferee} from "../interfaces/IReferee.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {Game, GamePosition, Outcome, Phase, Side} from "../types/Game.sol";
import {CommitmentId, GameId, RequestId} from "../types/Ids.sol";
import {Duration} from "../types/Time.sol";
import {GameClock} from "./GameClock.sol";
import {GameState, GameStates} from "./GameState.sol";
import {RewardPool} from "./RewardPool.sol";

/// @title The record of all games: what is stored, what readers see of it, and what a call may require of it
abstract contract GameBook is IDisputeGame {
    using GameClock for GameState;

    /// @notice The game is in another phase than the call needs.
    error GamePhaseMismatch(GameId gameId, Phase actual, Phase expected);
    /// @notice There is no such game, or it has ended.
    error GameNotActive(GameId gameId, Phase phase);
    /// @notice The running clock is used up: the game can only be ended.
    error GameClockUsedUp(GameId gameId, Side turn);
    /// @notice The move answers another position than the game's present one.
    error GameStateMismatch(GameId gameId, bytes32 expectedState, bytes32 actualState);
    /// @notice The game ended otherwise.
    error GameOutcomeMismatch(GameId gameId, Outcome actual, Outcome expected);

    /// @dev Separate openings and ids of games from every other hash of the system.
    bytes32 private constant OPENING_TAG = keccak256("Assay opening");
    bytes32 private constant GAME_TAG = keccak256("Assay game");

    /// @dev Stands where a challenge has the hash of its opening. A challenger demands an input once, since it can be demanded once.
    bytes32 internal constant DEMAND_OPENING = keccak256("Assay demand");

    IInferenceCourt internal immutable _court;
    IStakeVault internal immutable _vault;
    IReferee internal immutable _referee;

    mapping(GameId gameId => GameState state) internal _games;
    /// @dev Written at the end of a game that the operator won with others' help, deleted when they are repaid.
    mapping(GameId gameId => bytes32 defence) internal _defences;
    mapping(CommitmentId commitmentId => RewardPool pool) internal _pools;

    /// @param court_ The hub; it checks at its own deployment that it is the one meant here.
    /// @param vault_ The vault; checked by the hub as well.
    /// @param referee_ What computes the disputed element.
    constructor(IInferenceCourt court_, IStakeVault vault_, IReferee referee_) {
        _court = court_;
        _vault = vault_;
        _referee = referee_;
    }

    // ---------------------------------------------------------------------------------------------------------
    // Views
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IDisputeGame
    function gameOf(GameId gameId) external view returns (Game memory) {
        return _games[gameId].toGame();
    }

    /// @inheritdoc IDisputeGame
    function stateHash(GameId gameId) public view returns (bytes32) {
        GameState storage state = _games[gameId];
        return state.isPlaced() ? state.subject : bytes32(0);
    }

    /// @inheritdoc IDisputeGame
    function openingHash(
        RequestId requestId,
        address challenger,
        bytes32 traceRoot,
        bytes32 salt
    ) public view returns (bytes32) {
        return
            keccak256(
                abi.encode(OPENING_TAG, block.chainid, address(this), requestId, challenger, traceRoot, salt)
            );
    }

    /// @inheritdoc IDisputeGame
    function gameIdOf(
        RequestId requestId,
        address challenger,
        bytes32 openingHash_
    ) public view returns (GameId) {
        return
            GameId.wrap(
                keccak256(
                    abi.encode(GAME_TAG, block.chainid, address(this), requestId, challenger, openingHash_)
                )
            );
    }

    /// @inheritdoc IDisputeGame
    function defenceOf(GameId gameId) external view returns (bytes32) {
        return _defences[gameId];
    }

    /// @inheritdoc IDisputeGame
    function remainingOf(GameId gameId, Side side) external view returns (uint256) {
        return Duration.unwrap(_games[gameId].remaining(side));
    }

    /// @inheritdoc IDisputeGame
    function canMove(GameId gameId) external view returns (bool) {
        GameState storage state = _games[gameId];
        return state.isActive() && state.isInTime();
    }

    /// @inheritdoc IDisputeGame
    function canTimeout(GameId gameId) external view returns (bool) {
        GameState storage state = _games[gameId];
        return state.isActive() && !state.isInTime();
    }

    /// @inheritdoc IDisputeGame
    function hub() external view returns (address) {
        return address(_court);
    }

    /// @inheritdoc IDisputeGame
    function vault() external view returns (address) {
        return address(_vault);
    }

    /// @inheritdoc IDisputeGame
    function referee() external view returns (address) {
        return address(_referee);
    }

    // ---------------------------------------------------------------------------------------------------------

    function _requireActive(GameId gameId, GameState storage state) internal view {
        require(state.isActive(), GameNotActive(gameId, state.phase));
    }

    /// @dev INVARIANT: every move passes here, and {timeout} through the negation of the same predicate.
    function _requireMovable(GameId gameId, GameState storage state, Phase phase) internal view {
        require(state.phase == phase, GamePhaseMismatch(gameId, state.phase, phase));
        require(state.isInTime(), GameClockUsedUp(gameId, state.turn));
    }

    /// @dev INVARIANT: after a reorganisation, or behind another one's move, a move lands nowhere else than where it was meant.
    function _requirePosition(
        GameId gameId,
        GameState storage state,
        GamePosition memory position
    ) internal view {
        bytes32 expected = GameStates.hashOf(gameId, state.level, position);
        bytes32 actual = state.subject;
        require(expected == actual, GameStateMismatch(gameId, expected, actual));
    }

    /// @dev The challenger and the third parties of an active game. Before the reveal the position is not looked at.
    function _partiesOf(
        GameId gameId,
        GameState storage state,
        GamePosition memory position
    ) internal view returns (address challenger, bytes32 defence) {
        if (!state.isPlaced()) return (state.storedChallenger(), 0);
        _requirePosition(gameId, state, position);
        return (position.challenger, position.defence);
    }

    function _requireOutcome(GameId gameId, GameState storage state, Outcome outcome) internal view {
        require(state.outcome == outcome, GameOutcomeMismatch(gameId, state.outcome, outcome));
    }
}
