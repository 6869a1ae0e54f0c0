// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDisputeGame} from "../interfaces/IDisputeGame.sol";
import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IReferee} from "../interfaces/IReferee.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {Outcome} from "../types/Game.sol";
import {GameId} from "../types/Ids.sol";
import {Profile} from "../types/Profile.sol";
import {GameState} from "./GameState.sol";
import {GameVerdicts} from "./GameVerdicts.sol";
import {RewardPool} from "./RewardPool.sol";

/// @title What games that have ended owe: shares of slashed locks, and refunds of what others did for the operator
abstract contract GamePayouts is GameVerdicts {
    /// @notice Other games of the commitment are open; the shares are not known before they have ended.
    error GameRewardPending(GameId gameId);
    /// @notice Nothing is owed, or it was credited already.
    error GameNothingOwed(GameId gameId);
    /// @notice There were not as many moves by third parties.
    error GameMoverCountMismatch(GameId gameId, uint256 actual, uint256 expected);
    /// @notice Others, or in another order, made moves for the operator.
    error GameDefenceMismatch(GameId gameId, bytes32 computed, bytes32 actual);

    constructor(
        IInferenceCourt court_,
        IStakeVault vault_,
        IReferee referee_
    ) GameVerdicts(court_, vault_, referee_) {}

    /// @inheritdoc IDisputeGame
    function claimReward(GameId gameId) external returns (uint256 amount) {
        GameState storage state = _games[gameId];
        _requireOutcome(gameId, state, Outcome.ChallengerWins);
        RewardPool storage pool = _pools[_court.commitmentOf(state.requestId)];
        require(pool.closed, GameRewardPending(gameId));
        amount = state.rewarded ? 0 : pool.shareOf(state.sequence);
        require(amount != 0, GameNothingOwed(gameId));
        address challenger = state.storedChallenger();

        state.rewarded = true;
        _vault.give(challenger, amount);
        emit GameRewardClaimed(gameId, challenger, amount);
    }

    /// @inheritdoc IDisputeGame
    function claimRefund(GameId gameId, address[] calldata movers) external returns (uint256 amount) {
        GameState storage state = _games[gameId];
        _requireOutcome(gameId, state, Outcome.OperatorWins);
        bytes32 defence = _defences[gameId];
        require(defence != 0, GameNothingOwed(gameId));
        uint256 answers = state.defendedAnswers;
        uint256 moves = answers + state.defendedSteps;
        // INVARIANT: the list is as long as the game has such moves, never as long as the caller wants.
        require(movers.length == moves, GameMoverCountMismatch(gameId, movers.length, moves));
        bytes32 computed;
        for (uint256 i = 0; i < movers.length; ++i) computed = _joined(computed, movers[i]);
        require(computed == defence, GameDefenceMismatch(gameId, computed, defence));
        Profile memory profile = _court.profileOf(state.requestId);

        delete _defences[gameId];
        for (uint256 i = 0; i < movers.length; ++i) {
            uint256 refund = i < answers ? profile.answerRefund : profile.stepRefund;
            amount += refund;
            _vault.give(movers[i], refund);
            emit GameRefundClaimed(gameId, movers[i], refund);
        }
    }
}
