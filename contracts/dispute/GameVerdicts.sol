// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IReferee} from "../interfaces/IReferee.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {WordTree} from "../libraries/WordTree.sol";
import {Contradiction, GamePosition, Outcome, Phase} from "../types/Game.sol";
import {CommitmentId, GameId, RequestId} from "../types/Ids.sol";
import {Status} from "../types/Request.sol";
import {GameBook} from "./GameBook.sol";
import {GameMoves} from "./GameMoves.sol";
import {GameState} from "./GameState.sol";
import {RewardPool} from "./RewardPool.sol";

/// @title How games end: what the referee computes decides, and what follows is booked once
abstract contract GameVerdicts is GameBook {
    /// @notice The trace has another depth.
    error GameWordProofLengthMismatch(uint256 actual, uint256 expected);
    /// @notice A word has 32 bytes.
    error GamePlaceOutOfRange(uint256 place);
    /// @notice The word is not one of the operator's trace.
    error GameWordMismatch(bytes32 computedRoot, bytes32 traceRoot);
    /// @notice The court computes the very element that the operator's trace has: there is nothing to convict.
    error GameWordAgrees(GameId gameId, uint32 value);

    constructor(
        IInferenceCourt court_,
        IStakeVault vault_,
        IReferee referee_
    ) GameBook(court_, vault_, referee_) {}

    /// @dev The challenger is not repaid out of its own bond.
    function _isThirdParty(address operator, address challenger) internal view returns (bool) {
        return msg.sender != operator && msg.sender != challenger;
    }

    function _joined(bytes32 defence, address mover) internal pure returns (bytes32) {
        return keccak256(abi.encode(defence, mover));
    }

    /// @dev Both sides agree on every word before the disputed one, so the operator's trace is as good as the challenger's to compute it from.
    function _judge(
        GameId gameId,
        GamePosition memory position,
        IInferenceCourt.Dossier memory dossier,
        bytes calldata proof
    ) internal returns (Outcome) {
        uint256 place = GameMoves.firstDifferentByte(position.operatorNode, position.challengerNode);
        (uint256 step_, uint256 byteOffset) = _locate(dossier, position.index, place);
        (uint32 truth, uint256 size) = _execute(dossier, step_, byteOffset, proof);
        uint32 operatorValue = GameMoves.elementAt(position.operatorNode, place, size);
        uint32 challengerValue = GameMoves.elementAt(position.challengerNode, place, size);
        emit GameStepped(gameId, msg.sender, step_, byteOffset, size, operatorValue, challengerValue, truth);
        // INVARIANT: the element contains a byte in which the sides differ, so at most one of them can be right.
        if (operatorValue == truth) return Outcome.OperatorWins;
        return challengerValue == truth ? Outcome.ChallengerWins : Outcome.BothLose;
    }

    /// @dev INVARIANT: every word of a true trace is what the referee computes from the trace's own earlier words, words that no step
    /// wrote included, which are zero. So whoever committed to one cannot be convicted, whatever the game is about.
    function _requireContradiction(
        GameId gameId,
        IInferenceCourt.Dossier memory dossier,
        Contradiction calldata contradiction
    ) internal {
        bytes32 word = contradiction.word;
        uint256 place = contradiction.place;
        {
            bytes32[] calldata siblings = contradiction.siblings;
            uint256 depth = dossier.record.traceDepth();
            // INVARIANT: the length comes from the record, so that what is shown is a word and no node.
            require(siblings.length == depth, GameWordProofLengthMismatch(siblings.length, depth));
            bytes32 root = WordTree.rootFrom(word, contradiction.index, siblings);
            require(root == dossier.traceRoot, GameWordMismatch(root, dossier.traceRoot));
        }
        require(place < 32, GamePlaceOutOfRange(place));
        (uint256 step_, uint256 byteOffset) = _locate(dossier, contradiction.index, place);
        (uint32 truth, uint256 size) = _execute(dossier, step_, byteOffset, contradiction.proof);
        uint32 claimed = GameMoves.elementAt(word, place, size);
        require(claimed != truth, GameWordAgrees(gameId, truth));
        emit GameConvicted(gameId, msg.sender, step_, byteOffset, size, claimed, truth);
    }

    /// @dev The step that a word of the trace belongs to, and the place of one of its bytes in the step's tensor.
    function _locate(
        IInferenceCourt.Dossier memory dossier,
        uint256 index,
        uint256 place
    ) private pure returns (uint256 step_, uint256 byteOffset) {
        uint256 wordDepth = dossier.record.wordDepth;
        step_ = index >> wordDepth;
        byteOffset = ((index & ((1 << wordDepth) - 1)) << 5) | place;
    }

    /// @dev SAFETY: a proof that is malformed or runs out of gas reverts here and decides nothing; another one can follow while clocks run.
    function _execute(
        IInferenceCourt.Dossier memory dossier,
        uint256 step_,
        uint256 byteOffset,
        bytes calldata proof
    ) private view returns (uint32 truth, uint256 size) {
        return
            _referee.execute(dossier.record, dossier.inputRoot, dossier.traceRoot, step_, byteOffset, proof);
    }

    /// @dev INVARIANT: the only way into {Phase.Ended}, which no entry point leaves; so a game ends, and pays, once.
    function _end(
        GameId gameId,
        GameState storage state,
        Outcome outcome,
        address challenger,
        bytes32 defence
    ) internal {
        RequestId requestId = state.requestId;
        state.phase = Phase.Ended;
        state.outcome = outcome;
        state.setChallenger(challenger);
        if (outcome == Outcome.OperatorWins && defence != 0) _defences[gameId] = defence;
        emit GameEnded(gameId, requestId, outcome, msg.sender);

        (CommitmentId commitmentId, Status status, uint32 openGames, uint256 amount) = _court.closeGame(
            requestId,
            challenger,
            outcome,
            state.defendedAnswers,
            state.defendedSteps
        );
        // INVARIANT: all games about what one lock backs share one pool.
        RewardPool storage pool = _pools[commitmentId];
        if (outcome == Outcome.ChallengerWins) pool.enter(state.sequence);
        if (amount != 0) pool.amount = uint128(amount);
        if (status == Status.Slashed && openGames == 0) _vault.burn(pool.close());
    }
}
