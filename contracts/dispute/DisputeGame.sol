// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDisputeGame} from "../interfaces/IDisputeGame.sol";
import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IReferee} from "../interfaces/IReferee.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {OutputBinding} from "../libraries/OutputBinding.sol";
import {Contradiction, GamePosition, Outcome, Phase, Side} from "../types/Game.sol";
import {GameId, RequestId} from "../types/Ids.sol";
import {currentTime, Duration} from "../types/Time.sol";
import {GameClock} from "./GameClock.sol";
import {GameMoves} from "./GameMoves.sol";
import {GamePayouts} from "./GamePayouts.sol";
import {GameState, GameStates} from "./GameState.sol";

/// @title Two-sided games that narrow two execution traces to the first word where they differ
/// @dev INVARIANT: from the reveal on, and once the operator's root is known, the two nodes are at the same place of the two traces, differ, and
/// everything left of them is the same in both.
contract DisputeGame is GamePayouts {
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

    /// @param court_ The hub; it checks at its own deployment that it is the one meant here.
    /// @param vault_ The vault; checked by the hub as well.
    /// @param referee_ What computes the disputed element.
    constructor(
        IInferenceCourt court_,
        IStakeVault vault_,
        IReferee referee_
    ) GamePayouts(court_, vault_, referee_) {}

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

        address challenger = state.storedChallenger();
        bytes32 defence;
        if (_isThirdParty(_court.operatorOf(requestId), challenger)) {
            defence = _joined(0, msg.sender);
            state.defendedSteps = 1;
        }
        _end(gameId, state, Outcome.OperatorWins, challenger, defence);
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
        GamePosition memory position;
        position.challenger = state.storedChallenger();
        position.challengerNode = traceRoot;
        _requireOpening(gameId, state.requestId, position.challenger, traceRoot, salt);
        IInferenceCourt.Claim memory claim = _court.claimOf(state.requestId);
        position.operator = claim.operator;
        // INVARIANT: who agrees with the operator has no game to win.
        require(traceRoot != claim.traceRoot, GameTraceAgrees(gameId, traceRoot));
        require(outputRoot != claim.outputRoot, GameOutputAgrees(gameId, outputRoot));
        OutputBinding.check(claim.stepDepth, claim.stepCount, outputRoot, traceRoot, outputProof);
        uint256 depth = uint256(claim.stepDepth) + claim.wordDepth;
        GameMoves.checkRow(children, traceRoot, 0, depth);

        state.passTurn();
        state.phase = depth == 0 ? Phase.Leaf : Phase.Narrowing;
        state.depth = uint8(depth);
        state.subject = GameStates.hashOf(gameId, 0, position);
        emit GameRevealed(gameId, traceRoot, outputRoot, children);
    }

    /// @inheritdoc IDisputeGame
    function answer(
        GameId gameId,
        GamePosition memory position,
        bytes32[] calldata moverChildren,
        bytes32[] calldata otherChildren,
        bytes32[] calldata moverGrandchildren
    ) external {
        GameState storage state = _games[gameId];
        _requireMovable(gameId, state, Phase.Narrowing);
        _requirePosition(gameId, state, position);
        Side side = state.turn;
        uint256 level = state.level;
        uint256 depth = state.depth;
        if (level == 0) position.operatorNode = _operatorRoot(gameId, state.requestId);
        level =
            side == Side.Operator
                ? _descend(position, level, depth, moverChildren, otherChildren)
                : _descend(position, level, depth, otherChildren, moverChildren);
        GameMoves.checkRow(
            moverGrandchildren,
            side == Side.Operator ? position.operatorNode : position.challengerNode,
            level,
            depth
        );

        if (side == Side.Operator && _isThirdParty(position.operator, position.challenger)) {
            position.defence = _joined(position.defence, msg.sender);
            ++state.defendedAnswers;
        }
        state.passTurn();
        state.level = uint8(level);
        if (level == depth) state.phase = Phase.Leaf;
        state.subject = GameStates.hashOf(gameId, level, position);
        _emitAnswered(gameId, side, level, position, moverChildren, moverGrandchildren);
    }

    /// @inheritdoc IDisputeGame
    function step(GameId gameId, GamePosition memory position, bytes calldata proof) external {
        GameState storage state = _games[gameId];
        _requireMovable(gameId, state, Phase.Leaf);
        _requirePosition(gameId, state, position);
        IInferenceCourt.Dossier memory dossier = _court.dossierOf(state.requestId);
        // The trace of a single word is that word.
        if (state.level == 0) position.operatorNode = dossier.traceRoot;
        Outcome outcome = _judge(gameId, position, dossier, proof);

        if (outcome == Outcome.OperatorWins && _isThirdParty(position.operator, position.challenger)) {
            position.defence = _joined(position.defence, msg.sender);
            state.defendedSteps = 1;
        }
        _end(gameId, state, outcome, position.challenger, position.defence);
    }

    /// @inheritdoc IDisputeGame
    function convict(
        GameId gameId,
        GamePosition memory position,
        Contradiction calldata contradiction
    ) external {
        GameState storage state = _games[gameId];
        _requireActive(gameId, state);
        // A demand is about the input, whatever the trace says.
        Phase phase = state.phase == Phase.Demanded ? Phase.Opened : state.phase;
        _requireMovable(gameId, state, phase);
        (address challenger, bytes32 defence) = _partiesOf(gameId, state, position);
        IInferenceCourt.Dossier memory dossier = _court.dossierOf(state.requestId);
        // A trace of a single word is that word, and known, even where it is zero.
        require(
            dossier.traceRoot != 0 || dossier.record.traceDepth() == 0,
            GameTraceUnknown(gameId, state.requestId)
        );
        _requireContradiction(gameId, dossier, contradiction);

        _end(gameId, state, Outcome.ChallengerWins, challenger, defence);
    }

    /// @inheritdoc IDisputeGame
    function timeout(GameId gameId, GamePosition memory position) external {
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
        (address challenger, bytes32 defence) = _partiesOf(gameId, state, position);
        Outcome outcome = Outcome.Undecided;
        if (state.phase != Phase.Leaf) {
            outcome = state.turn == Side.Operator ? Outcome.ChallengerWins : Outcome.OperatorWins;
        }
        _end(gameId, state, outcome, challenger, defence);
    }

    /// @inheritdoc IDisputeGame
    function quit(GameId gameId, GamePosition memory position) external {
        GameState storage state = _games[gameId];
        _requireActive(gameId, state);
        (address challenger, ) = _partiesOf(gameId, state, position);
        require(msg.sender == challenger, GameCallerNotChallenger(gameId, msg.sender, challenger));
        _end(gameId, state, Outcome.Left, challenger, 0);
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
        state.setChallenger(msg.sender);
        state.turnStartedAt = currentTime();
        state.sequence = sequence;
        state.clock = Duration.wrap(clockSeconds);
    }

    /// @dev INVARIANT: the challenger, the root and the salt are those that the game's id was made of.
    function _requireOpening(
        GameId gameId,
        RequestId requestId,
        address challenger,
        bytes32 traceRoot,
        bytes32 salt
    ) private view {
        bytes32 opening = openingHash(requestId, challenger, traceRoot, salt);
        require(
            GameId.unwrap(gameIdOf(requestId, challenger, opening)) == GameId.unwrap(gameId),
            GameOpeningMismatch(gameId, opening)
        );
    }

    /// @dev Goes down to the first difference between the rows below both nodes.
    /// @return INVARIANT: the level rises with every answer, by 4 or to the leaves.
    function _descend(
        GamePosition memory position,
        uint256 level,
        uint256 depth,
        bytes32[] calldata operatorRow,
        bytes32[] calldata challengerRow
    ) private pure returns (uint256) {
        GameMoves.checkRow(operatorRow, position.operatorNode, level, depth);
        GameMoves.checkRow(challengerRow, position.challengerNode, level, depth);
        uint256 place = GameMoves.firstDifference(operatorRow, challengerRow);
        uint256 height = GameMoves.rowHeight(level, depth);
        position.index = uint64((uint256(position.index) << height) | place);
        position.operatorNode = operatorRow[place];
        position.challengerNode = challengerRow[place];
        return level + height;
    }

    function _emitAnswered(
        GameId gameId,
        Side side,
        uint256 level,
        GamePosition memory position,
        bytes32[] calldata moverChildren,
        bytes32[] calldata moverGrandchildren
    ) private {
        emit GameAnswered(
            gameId,
            side,
            msg.sender,
            uint8(level),
            position.index,
            position.operatorNode,
            position.challengerNode,
            moverChildren,
            moverGrandchildren
        );
    }

    /// @dev The root that the operator's first answer starts from.
    function _operatorRoot(GameId gameId, RequestId requestId) private view returns (bytes32 root) {
        root = _court.traceRootOf(requestId);
        require(root != 0, GameTraceUnknown(gameId, requestId));
    }
}
