// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDisputeGame} from "../interfaces/IDisputeGame.sol";
import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IReferee} from "../interfaces/IReferee.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {OutputBinding} from "../libraries/OutputBinding.sol";
import {Outcome, Phase, Side} from "../types/Game.sol";
import {CommitmentId, GameId, RequestId} from "../types/Ids.sol";
import {Profile} from "../types/Profile.sol";
import {Status} from "../types/Request.sol";
import {currentTime, Duration} from "../types/Time.sol";
import {GameBook} from "./GameBook.sol";
import {GameClock} from "./GameClock.sol";
import {GameMoves} from "./GameMoves.sol";
import {GameState} from "./GameState.sol";
import {RewardPool} from "./RewardPool.sol";

/// @title Two-sided games that narrow two execution traces to the first word where they differ
/// @dev INVARIANT: from the reveal on, and once the operator's root is known, the two nodes are at the same place of the two traces, differ, and
/// everything left of them is the same in both.
contract DisputeGame is GameBook {
    using GameClock for GameState;

    /// @notice This very game was opened before; another salt makes it distinct.
    error GameExists(GameId gameId);
    /// @notice The next move is still possible.
    error GameClockRunning(GameId gameId, uint256 operatorSeconds, uint256 challengerSeconds);
    /// @notice The opening bound another root, salt or sender.
    error GameOpeningMismatch(GameId gameId, bytes32 openingHash);
    /// @notice The trace is the operator's own: there is nothing to dispute.
    error GameTraceAgrees(GameId gameId, bytes32 traceRoot);
    /// @notice The output is the committed one: there is nothing to dispute.
    error GameOutputAgrees(GameId gameId, bytes32 outputRoot);
    /// @notice The operator has to post the trace of its lazy commitment first.
    error GameTraceUnknown(GameId gameId, RequestId requestId);
    /// @notice Only the challenger may do this.
    error GameCallerNotChallenger(GameId gameId, address caller, address challenger);
    /// @notice Other games of the commitment are open; the shares are not known before they have ended.
    error GameRewardPending(GameId gameId);
    /// @notice Nothing is owed, or it was credited already.
    error GameNothingOwed(GameId gameId, address account);

    /// @param court_ The hub; it checks at its own deployment that it is the one meant here.
    /// @param vault_ The vault; checked by the hub as well.
    /// @param referee_ What computes the disputed element.
    constructor(
        IInferenceCourt court_,
        IStakeVault vault_,
        IReferee referee_
    ) GameBook(court_, vault_, referee_) {}

    // ---------------------------------------------------------------------------------------------------------
    // Moves
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IDisputeGame
    function open(RequestId requestId, bytes32 openingHash_) external returns (GameId gameId) {
        GameState storage state;
        (gameId, state) = _newGame(requestId, openingHash_);
        (uint32 sequence, uint32 clockSeconds) = _court.openGame(requestId, msg.sender);

        _begin(state, requestId, sequence, clockSeconds);
        state.phase = Phase.Opened;
        state.turn = Side.Challenger;
        emit GameOpened(gameId, requestId, msg.sender, openingHash_);
    }

    /// @inheritdoc IDisputeGame
    function demandInput(RequestId requestId) external returns (GameId gameId) {
        GameState storage state;
        (gameId, state) = _newGame(requestId, DEMAND_OPENING);
        (uint32 sequence, uint32 clockSeconds) = _court.openDemand(requestId, msg.sender);

        _begin(state, requestId, sequence, clockSeconds);
        state.phase = Phase.Demanded;
        state.turn = Side.Operator;
        emit GameDemanded(gameId, requestId, msg.sender);
    }

    /// @inheritdoc IDisputeGame
    function publishInput(GameId gameId, bytes calldata input) external {
        GameState storage state = _games[gameId];
        _requireMovable(gameId, state, Phase.Demanded);
        RequestId requestId = state.requestId;
        _court.publishInput(requestId, input);

        uint256 defendedSteps = 0;
        if (_isThirdParty(state, _court.operatorOf(requestId))) {
            _defences[gameId][msg.sender].steps = 1;
            defendedSteps = 1;
        }
        _end(gameId, state, Outcome.OperatorWins, defendedSteps);
    }

    /// @inheritdoc IDisputeGame
    function reveal(
        GameId gameId,
        bytes32 traceRoot,
        bytes32 salt,
        bytes32 outputRoot,
        bytes32[] calldata outputProof,
        bytes32[] calldata children
    ) external {
        GameState storage state = _games[gameId];
        _requireMovable(gameId, state, Phase.Opened);
        bytes32 opening = openingHash(state.requestId, state.challenger, traceRoot, salt);
        require(
            GameId.unwrap(gameIdOf(state.requestId, state.challenger, opening)) == GameId.unwrap(gameId),
            GameOpeningMismatch(gameId, opening)
        );
        IInferenceCourt.Dossier memory dossier = _court.dossierOf(state.requestId);
        // INVARIANT: who agrees with the operator has no game to win.
        require(traceRoot != dossier.traceRoot, GameTraceAgrees(gameId, traceRoot));
        require(outputRoot != dossier.outputRoot, GameOutputAgrees(gameId, outputRoot));
        OutputBinding.check(
            dossier.record.stepDepth,
            dossier.record.stepCount,
            outputRoot,
            traceRoot,
            outputProof
        );
        uint256 depth = dossier.record.traceDepth();
        GameMoves.checkRow(children, traceRoot, 0, depth);

        state.passTurn();
        state.phase = depth == 0 ? Phase.Leaf : Phase.Narrowing;
        state.depth = uint8(depth);
        state.wordDepth = dossier.record.wordDepth;
        state.setOperatorRoot(dossier.traceRoot);
        state.challengerNode = traceRoot;
        emit GameRevealed(gameId, traceRoot, outputRoot, children);
    }

    /// @inheritdoc IDisputeGame
    function answer(
        GameId gameId,
        bytes32 expectedState,
        bytes32[] calldata moverChildren,
        bytes32[] calldata otherChildren,
        bytes32[] calldata moverGrandchildren
    ) external {
        GameState storage state = _games[gameId];
        _requireMovable(gameId, state, Phase.Narrowing);
        _requireState(gameId, expectedState);
        bool isOperator = state.turn == Side.Operator;
        if (isOperator) _recordAnswer(gameId, state);
        uint256 level = state.level;
        uint256 depth = state.depth;
        {
            bytes32 operatorNode = isOperator ? _operatorNode(gameId, state) : state.operatorNode;
            bytes32 challengerNode = state.challengerNode;
            GameMoves.checkRow(moverChildren, isOperator ? operatorNode : challengerNode, level, depth);
            GameMoves.checkRow(otherChildren, isOperator ? challengerNode : operatorNode, level, depth);
        }
        uint256 place = GameMoves.firstDifference(moverChildren, otherChildren);
        uint256 height = GameMoves.rowHeight(level, depth);
        level += height;
        GameMoves.checkRow(moverGrandchildren, moverChildren[place], level, depth);

        state.passTurn();
        // INVARIANT: the level rises with every answer, by 4 or to the leaves.
        state.level = uint8(level);
        state.index = uint64((uint256(state.index) << height) | place);
        state.operatorNode = isOperator ? moverChildren[place] : otherChildren[place];
        state.challengerNode = isOperator ? otherChildren[place] : moverChildren[place];
        if (level == depth) state.phase = Phase.Leaf;
        _emitAnswered(
            gameId,
            state,
            isOperator ? Side.Operator : Side.Challenger,
            moverChildren,
            moverGrandchildren
        );
    }

    /// @inheritdoc IDisputeGame
    function step(GameId gameId, bytes32 expectedState, bytes calldata proof) external {
        GameState storage state = _games[gameId];
        _requireMovable(gameId, state, Phase.Leaf);
        _requireState(gameId, expectedState);
        IInferenceCourt.Dossier memory dossier = _court.dossierOf(state.requestId);
        Outcome outcome = _judge(gameId, state, dossier, proof);

        uint256 defendedSteps = 0;
        if (outcome == Outcome.OperatorWins && _isThirdParty(state, dossier.operator)) {
            _defences[gameId][msg.sender].steps = 1;
            defendedSteps = 1;
        }
        _end(gameId, state, outcome, defendedSteps);
    }

    /// @inheritdoc IDisputeGame
    function timeout(GameId gameId) external {
        GameState storage state = _games[gameId];
        _requireActive(gameId, state);
        // INVARIANT: whoever has a second left cannot be timed out.
        require(
            !state.isInTime(),
            GameClockRunning(
                gameId,
                Duration.unwrap(state.remaining(Side.Operator)),
                Duration.unwrap(state.remaining(Side.Challenger))
            )
        );
        Outcome outcome = Outcome.Undecided;
        if (state.phase != Phase.Leaf) {
            outcome = state.turn == Side.Operator ? Outcome.ChallengerWins : Outcome.OperatorWins;
        }
        _end(gameId, state, outcome, 0);
    }

    /// @inheritdoc IDisputeGame
    function quit(GameId gameId) external {
        GameState storage state = _games[gameId];
        _requireActive(gameId, state);
        require(
            msg.sender == state.challenger,
            GameCallerNotChallenger(gameId, msg.sender, state.challenger)
        );
        _end(gameId, state, Outcome.Left, 0);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Money
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IDisputeGame
    function claimReward(GameId gameId) external returns (uint256 amount) {
        GameState storage state = _games[gameId];
        _requireOutcome(gameId, state, Outcome.ChallengerWins);
        RewardPool storage pool = _pools[_court.commitmentOf(state.requestId)];
        require(pool.closed, GameRewardPending(gameId));
        amount = state.rewarded ? 0 : pool.shareOf(state.sequence);
        require(amount != 0, GameNothingOwed(gameId, state.challenger));

        state.rewarded = true;
        _vault.give(state.challenger, amount);
        emit GameRewardClaimed(gameId, state.challenger, amount);
    }

    /// @inheritdoc IDisputeGame
    function claimRefund(GameId gameId, address mover) external returns (uint256 amount) {
        GameState storage state = _games[gameId];
        _requireOutcome(gameId, state, Outcome.OperatorWins);
        Defence memory defence = _defences[gameId][mover];
        Profile memory profile = _court.profileOf(state.requestId);
        amount =
            uint256(defence.answers) * profile.answerRefund +
            uint256(defence.steps) * profile.stepRefund;
        require(amount != 0, GameNothingOwed(gameId, mover));

        delete _defences[gameId][mover];
        _vault.give(mover, amount);
        emit GameRefundClaimed(gameId, mover, amount);
    }

    // ---------------------------------------------------------------------------------------------------------

    /// @dev INVARIANT: the payee is part of the id and of the opening's hash; a copied hash is worth nothing to another sender.
    function _newGame(
        RequestId requestId,
        bytes32 openingHash_
    ) private view returns (GameId gameId, GameState storage state) {
        gameId = gameIdOf(requestId, msg.sender, openingHash_);
        state = _games[gameId];
        require(state.phase == Phase.None, GameExists(gameId));
    }

    function _begin(
        GameState storage state,
        RequestId requestId,
        uint32 sequence,
        uint32 clockSeconds
    ) private {
        state.requestId = requestId;
        state.challenger = msg.sender;
        state.turnStartedAt = currentTime();
        state.sequence = sequence;
        state.clock = Duration.wrap(clockSeconds);
    }

    /// @dev The operator's node; at its first answer to a lazy commitment's challenge, the root that it has posted.
    function _operatorNode(GameId gameId, GameState storage state) private view returns (bytes32 node) {
        node = state.knownOperatorNode();
        if (node != 0 || state.level != 0) return node;
        node = _court.traceRootOf(state.requestId);
        require(node != 0, GameTraceUnknown(gameId, state.requestId));
    }

    /// @dev The challenger is not repaid out of its own bond.
    function _isThirdParty(GameState storage state, address operator) private view returns (bool) {
        return msg.sender != operator && msg.sender != state.challenger;
    }

    function _recordAnswer(GameId gameId, GameState storage state) private {
        if (!_isThirdParty(state, _court.operatorOf(state.requestId))) return;
        ++_defences[gameId][msg.sender].answers;
        ++state.defendedAnswers;
    }

    function _emitAnswered(
        GameId gameId,
        GameState storage state,
        Side side,
        bytes32[] calldata moverChildren,
        bytes32[] calldata moverGrandchildren
    ) private {
        emit GameAnswered(
            gameId,
            side,
            msg.sender,
            state.level,
            state.index,
            state.operatorNode,
            state.challengerNode,
            moverChildren,
            moverGrandchildren
        );
    }

    /// @dev Both sides agree on every word before the disputed one, so the operator's trace is as good as the challenger's to compute it from.
    function _judge(
        GameId gameId,
        GameState storage state,
        IInferenceCourt.Dossier memory dossier,
        bytes calldata proof
    ) private returns (Outcome) {
        uint256 index = state.index;
        uint256 step_ = index >> state.wordDepth;
        uint256 place = GameMoves.firstDifferentByte(state.operatorNode, state.challengerNode);
        uint256 byteOffset = ((index & ((1 << uint256(state.wordDepth)) - 1)) << 5) | place;
        // SAFETY: a proof that is malformed or runs out of gas reverts here and decides nothing; another one can follow while clocks run.
        (uint32 truth, uint256 size) = _referee.execute(
            dossier.record,
            dossier.inputRoot,
            dossier.traceRoot,
            step_,
            byteOffset,
            proof
        );
        uint32 operatorValue = GameMoves.elementAt(state.operatorNode, place, size);
        uint32 challengerValue = GameMoves.elementAt(state.challengerNode, place, size);
        emit GameStepped(gameId, msg.sender, step_, byteOffset, size, operatorValue, challengerValue, truth);
        // INVARIANT: the element contains a byte in which the sides differ, so at most one of them can be right.
        if (operatorValue == truth) return Outcome.OperatorWins;
        return challengerValue == truth ? Outcome.ChallengerWins : Outcome.BothLose;
    }

    /// @dev INVARIANT: the only way into {Phase.Ended}, which no entry point leaves; so a game ends, and pays, once.
    function _end(GameId gameId, GameState storage state, Outcome outcome, uint256 defendedSteps) private {
        RequestId requestId = state.requestId;
        state.phase = Phase.Ended;
        state.outcome = outcome;
        emit GameEnded(gameId, requestId, outcome, msg.sender);

        (CommitmentId commitmentId, Status status, uint32 openGames, uint256 amount) = _court.closeGame(
            requestId,
            state.challenger,
            outcome,
            state.defendedAnswers,
            defendedSteps
        );
        // INVARIANT: all games about what one lock backs share one pool.
        RewardPool storage pool = _pools[commitmentId];
        if (outcome == Outcome.ChallengerWins) pool.enter(state.sequence);
        if (amount != 0) pool.amount = uint128(amount);
        if (status == Status.Slashed && openGames == 0) _vault.burn(pool.close());
    }
}
