// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Game, Outcome, Phase, Side} from "../../contracts/types/Game.sol";
import {GameId, RequestId} from "../../contracts/types/Ids.sol";
import {RequestParameters, Status} from "../../contracts/types/Request.sol";
import {Book, Claim, Play} from "./Book.sol";
import {Lie, Trace, Traces} from "./Traces.sol";
import {VM} from "./Vm.sol";

/// @title The moves of both sides, and of strangers who make them for a side
/// @dev The only place that knows how the contracts are called for a game.
abstract contract Moves is Book {
    uint256 private _salts;

    function _commit(uint256 operator, Lie lie, uint256 seed, bool isLazy, bool isGuarded) internal {
        RequestId id = _request(1000);
        VM.prank(_operator(operator));
        hub.accept(id);
        Trace memory trace = Traces.build(_inputRoot, lie, seed);
        VM.prank(_operator(operator));
        hub.commit(
            id,
            Traces.output(trace),
            isLazy ? bytes32(0) : trace.nodes[1],
            isLazy ? new bytes32[](0) : Traces.outputProof(trace)
        );
        Claim storage claim = _claims.push();
        claim.id = id;
        claim.operator = operator;
        claim.lie = lie;
        claim.seed = seed;
        claim.isPosted = !isLazy;
        claim.isGuarded = isGuarded;
        claim.status = Status.Committed;
        ++done;
    }

    function _request(uint256 seconds_) internal returns (RequestId id) {
        RequestParameters memory parameters = RequestParameters({
            modelId: _model,
            profileId: _profileId,
            fee: FEE,
            deadline: uint40(block.timestamp + seconds_),
            operator: address(0),
            minStake: 0,
            salt: ++_salts
        });
        _take(_requester(), FEE);
        VM.prank(_requester());
        return hub.request(parameters, INPUT);
    }

    function _open(uint256 claimIndex, uint256 challenger, Lie lie, uint256 seed) internal {
        Claim storage claim = _claims[claimIndex];
        Trace memory trace = Traces.build(_inputRoot, lie, seed);
        address account = _challenger(challenger);
        bytes32 opening = game.openingHash(claim.id, account, trace.nodes[1], bytes32(_plays.length));
        VM.prank(account);
        GameId id = game.open(claim.id, opening);
        _take(account, _profile().bond);
        uint256 clock = _profile().clockSeconds;
        Play storage play = _plays.push();
        play.id = id;
        play.claim = claimIndex;
        play.sequence = claim.plays.length;
        play.challenger = challenger;
        play.lie = lie;
        play.seed = seed;
        play.openedAt = block.timestamp;
        play.remaining = [clock, clock];
        claim.plays.push(_plays.length - 1);
        _active.push(_plays.length - 1);
        ++claim.openGames;
        ++done;
    }

    /// @dev Makes the next move of a game, if the side to move has one; nothing if it does not, or comes too late.
    function _move(uint256 index, address sender) internal returns (bool) {
        Play storage play = _plays[index];
        if (play.outcome != Outcome.None || !game.canMove(play.id)) return false;
        Game memory state = game.gameOf(play.id);
        if (state.phase == Phase.Opened) return _reveal(play, index, sender);
        if (state.phase == Phase.Narrowing) return _answer(play, state, sender);
        _step(play, index, state, sender);
        return true;
    }

    function _reveal(Play storage play, uint256 index, address sender) private returns (bool) {
        Trace memory trace = _challengerTrace(play);
        uint256 output = Traces.outputNode();
        // Who agrees about the output has nothing to reveal.
        if (_operatorTrace(_claims[play.claim]).nodes[output] == trace.nodes[output]) return false;
        (bytes32[] memory children, ) = Traces.row(trace, 0, 0);
        VM.prank(sender);
        game.reveal(
            play.id,
            trace.nodes[1],
            bytes32(index),
            trace.nodes[output],
            Traces.outputProof(trace),
            children
        );
        ++done;
        return true;
    }

    /// @dev The rows of an answer; none if the side cannot show them.
    struct Rows {
        bool isKnown;
        bytes32[] mine;
        bytes32[] theirs;
        bytes32[] below;
    }

    function _answer(Play storage play, Game memory state, address sender) private returns (bool) {
        Claim storage claim = _claims[play.claim];
        bool isOperator = state.turn == Side.Operator;
        Rows memory rows =
            isOperator
                ? _rows(_operatorTrace(claim), _challengerTrace(play), state)
                : _rows(_challengerTrace(play), _operatorTrace(claim), state);
        // Below a node without preimage there is nothing to show.
        if (!rows.isKnown) return false;
        if (isOperator && !claim.isPosted) _post(claim);
        bytes32 expected = game.stateHash(play.id);
        VM.prank(sender);
        game.answer(play.id, expected, rows.mine, rows.theirs, rows.below);
        ++play.answers;
        if (isOperator) _owe(play, sender, _profile().answerRefund);
        ++done;
        return true;
    }

    function _rows(
        Trace memory mine,
        Trace memory theirs,
        Game memory state
    ) private pure returns (Rows memory rows) {
        (rows.mine, rows.isKnown) = Traces.row(mine, state.level, state.index);
        bool isShown;
        (rows.theirs, isShown) = Traces.row(theirs, state.level, state.index);
        rows.isKnown = rows.isKnown && isShown;
        if (!rows.isKnown) return rows;
        uint256 place = 0;
        while (rows.mine[place] == rows.theirs[place]) ++place;
        uint256 height = rows.mine.length == 16 ? 4 : 1;
        bool isBelowKnown;
        (rows.below, isBelowKnown) = Traces.row(
            mine,
            state.level + height,
            (uint256(state.index) << height) + place
        );
        rows.isKnown = isBelowKnown;
    }

    function _post(Claim storage claim) private {
        Trace memory trace = _operatorTrace(claim);
        VM.prank(_operator(claim.operator));
        hub.postTrace(claim.id, trace.nodes[1], Traces.outputProof(trace));
        claim.isPosted = true;
    }

    function _step(Play storage play, uint256 index, Game memory state, address sender) private {
        Trace memory truth = Traces.build(_inputRoot, Lie.None, 0);
        Trace memory mine = _operatorTrace(_claims[play.claim]);
        Trace memory theirs = _challengerTrace(play);
        // I18: the narrowing has found the first leaf in which the two traces differ.
        uint256 leaf = Traces.firstDifference(mine, theirs);
        assert(leaf == state.index);
        uint256 node = (1 << Traces.DEPTH) + leaf;
        (bool mineIsTrue, bool theirsIsTrue) = Traces.compare(
            leaf,
            mine.nodes[node],
            theirs.nodes[node],
            truth.nodes[node]
        );
        bytes32 expected = game.stateHash(play.id);
        VM.prank(sender);
        game.step(play.id, expected, abi.encode(keccak256(abi.encode(mine.nodes[1]))));
        if (mineIsTrue) _owe(play, sender, _profile().stepRefund);
        _end(
            index,
            mineIsTrue
                ? Outcome.OperatorWins
                : theirsIsTrue
                    ? Outcome.ChallengerWins
                    : Outcome.BothLose
        );
    }

    function _owe(Play storage play, address mover, uint256 amount) private {
        bool isParty =
            mover == _operator(_claims[play.claim].operator) || mover == _challenger(play.challenger);
        if (!isParty) play.defended += amount;
    }
}
