// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contradiction, Game, GamePosition, Outcome, Phase, Side} from "../../contracts/types/Game.sol";
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
        bool isByRoot = seed % 4 == 0;
        RequestId id = _accepted(operator, isByRoot);
        Trace memory trace = Traces.build(_inputRoot, lie, seed);
        VM.prank(_operator(operator));
        hub.commit(
            id,
            Traces.output(trace),
            isLazy ? bytes32(0) : trace.nodes[1],
            isLazy ? new bytes32[](0) : Traces.outputProof(trace)
        );
        Claim storage claim = _book(_claims.length, id, operator, lie, seed);
        claim.fee = FEE;
        claim.isPosted = !isLazy;
        claim.isByRoot = isByRoot;
        claim.isGuarded = isGuarded;
        ++done;
    }

    /// @dev A request that the operator has accepted.
    function _accepted(uint256 operator, bool isByRoot) internal returns (RequestId id) {
        id = _request(1000, isByRoot);
        VM.prank(_operator(operator));
        hub.accept(id);
    }

    /// @dev A claim that is committed to now.
    function _book(
        uint256 head,
        RequestId id,
        uint256 operator,
        Lie lie,
        uint256 seed
    ) internal returns (Claim storage claim) {
        claim = _claims.push();
        claim.head = head;
        claim.id = id;
        claim.operator = operator;
        claim.lie = lie;
        claim.seed = seed;
        claim.status = Status.Committed;
        claim.committedAt = block.timestamp;
        claim.windowEndsAt = block.timestamp + _profile().windowSeconds;
    }

    function _request(uint256 seconds_, bool isByRoot) internal returns (RequestId id) {
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
        return isByRoot ? hub.requestByRoot(parameters, _inputRoot, "") : hub.request(parameters, INPUT);
    }

    function _open(uint256 claimIndex, uint256 challenger, Lie lie, uint256 seed) internal {
        RequestId requestId = _claims[claimIndex].id;
        Trace memory trace = Traces.build(_inputRoot, lie, seed);
        address account = _challenger(challenger);
        bytes32 opening = game.openingHash(requestId, account, trace.nodes[1], bytes32(_plays.length));
        VM.prank(account);
        uint256 before = gasleft();
        GameId id = game.open(requestId, opening);
        _meter(game.open.selector, before);
        Play storage play = _begin(id, claimIndex, challenger);
        play.lie = lie;
        play.seed = seed;
    }

    /// @dev A game about the publication of an input that was given by its root.
    function _demand(uint256 claimIndex, uint256 challenger) internal {
        VM.prank(_challenger(challenger));
        _begin(game.demandInput(_claims[claimIndex].id), claimIndex, challenger).isDemand = true;
        _claims[claimIndex].isDemanded = true;
    }

    function _begin(GameId id, uint256 claimIndex, uint256 challenger) private returns (Play storage play) {
        Claim storage claim = _head(_claims[claimIndex]);
        _take(_challenger(challenger), _profile().bond);
        uint256 clock = _profile().clockSeconds;
        play = _plays.push();
        play.id = id;
        play.claim = claimIndex;
        play.sequence = claim.plays.length;
        play.challenger = challenger;
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
        if (state.phase == Phase.Demanded) _publish(play, index, sender);
        else _step(play, index, sender);
        return true;
    }

    function _publish(Play storage play, uint256 index, address sender) private {
        VM.prank(sender);
        game.publishInput(play.id, INPUT);
        if (_owe(play, sender, _profile().stepRefund)) play.isStepDefended = true;
        _head(_claims[play.claim]).windowEndsAt = block.timestamp + _profile().windowSeconds;
        ++publications;
        _end(index, Outcome.OperatorWins);
    }

    /// @dev Shows a word of the operator's trace that is wrong by itself, in whatever phase the game is; nothing if there is none, or it comes too late.
    function _convict(uint256 index, address sender) internal returns (bool) {
        Play storage play = _plays[index];
        Claim storage claim = _claims[play.claim];
        if (play.outcome != Outcome.None || play.isDemand || !game.canMove(play.id)) return false;
        if (!claim.isPosted || claim.lie == Lie.None) return false;
        VM.prank(sender);
        game.convict(play.id, play.position, _contradiction(claim));
        ++convictions;
        _end(index, Outcome.ChallengerWins);
        return true;
    }

    /// @dev The first word of the operator's output that is not the true one; of a true trace, the first word, which contradicts nothing.
    function _contradiction(Claim storage claim) internal view returns (Contradiction memory contradiction) {
        Trace memory mine = _operatorTrace(claim);
        Trace memory truth = Traces.build(_inputRoot, Lie.None, 0);
        uint256 leaf = (Traces.STEPS - 1) << Traces.WORD_DEPTH;
        if (mine.nodes[(1 << Traces.DEPTH) + leaf] == truth.nodes[(1 << Traces.DEPTH) + leaf]) ++leaf;
        bytes32 word = mine.nodes[(1 << Traces.DEPTH) + leaf];
        bytes32 difference = word ^ truth.nodes[(1 << Traces.DEPTH) + leaf];
        uint8 place = 0;
        while (place < 31 && difference[place] == 0) ++place;
        return
            Contradiction({
                index: uint64(leaf),
                place: place,
                word: word,
                siblings: Traces.path(mine, leaf),
                proof: abi.encode(keccak256(abi.encode(mine.nodes[1])))
            });
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
        ++play.moved[1];
        play.position.operator = _operator(_claims[play.claim].operator);
        play.position.challenger = _challenger(play.challenger);
        play.position.challengerNode = trace.nodes[1];
        ++done;
        return true;
    }

    /// @dev The rows of an answer; none if the side cannot show them.
    struct Rows {
        bool isKnown;
        bytes32[] mine;
        bytes32[] theirs;
        bytes32[] below;
        uint256 height;
        uint256 place;
    }

    function _answer(Play storage play, Game memory state, address sender) private returns (bool) {
        Claim storage claim = _claims[play.claim];
        bool isOperator = state.turn == Side.Operator;
        Rows memory rows =
            isOperator
                ? _rows(_operatorTrace(claim), _challengerTrace(play), state.level, play.position.index)
                : _rows(_challengerTrace(play), _operatorTrace(claim), state.level, play.position.index);
        // Below a node without preimage there is nothing to show.
        if (!rows.isKnown) return false;
        if (isOperator && !claim.isPosted) _post(claim);
        GamePosition memory position = play.position;
        VM.prank(sender);
        uint256 before = gasleft();
        game.answer(play.id, position, rows.mine, rows.theirs, rows.below);
        _meter(game.answer.selector, before);
        ++play.answers;
        ++play.moved[isOperator ? 0 : 1];
        if (isOperator && _owe(play, sender, _profile().answerRefund)) {
            play.position.defence = keccak256(abi.encode(play.position.defence, sender));
        }
        play.position.index = uint64((uint256(play.position.index) << rows.height) + rows.place);
        bytes32 mine = rows.mine[rows.place];
        bytes32 theirs = rows.theirs[rows.place];
        (play.position.operatorNode, play.position.challengerNode) =
            isOperator ? (mine, theirs) : (theirs, mine);
        ++done;
        return true;
    }

    function _rows(
        Trace memory mine,
        Trace memory theirs,
        uint256 level,
        uint256 index
    ) private pure returns (Rows memory rows) {
        (rows.mine, rows.isKnown) = Traces.row(mine, level, index);
        bool isShown;
        (rows.theirs, isShown) = Traces.row(theirs, level, index);
        rows.isKnown = rows.isKnown && isShown;
        if (!rows.isKnown) return rows;
        while (rows.mine[rows.place] == rows.theirs[rows.place]) ++rows.place;
        rows.height = rows.mine.length == 16 ? 4 : 1;
        (rows.below, rows.isKnown) = Traces.row(
            mine,
            level + rows.height,
            (index << rows.height) + rows.place
        );
    }

    function _post(Claim storage claim) private {
        Trace memory trace = _operatorTrace(claim);
        VM.prank(_operator(claim.operator));
        hub.postTrace(claim.id, trace.nodes[1], Traces.outputProof(trace));
        claim.isPosted = true;
    }

    function _step(Play storage play, uint256 index, address sender) private {
        Trace memory truth = Traces.build(_inputRoot, Lie.None, 0);
        Trace memory mine = _operatorTrace(_claims[play.claim]);
        Trace memory theirs = _challengerTrace(play);
        // I18: the narrowing has found the first leaf in which the two traces differ.
        uint256 leaf = Traces.firstDifference(mine, theirs);
        assert(leaf == play.position.index);
        uint256 node = (1 << Traces.DEPTH) + leaf;
        (bool mineIsTrue, bool theirsIsTrue) = Traces.compare(
            leaf,
            mine.nodes[node],
            theirs.nodes[node],
            truth.nodes[node]
        );
        VM.prank(sender);
        game.step(play.id, play.position, abi.encode(keccak256(abi.encode(mine.nodes[1]))));
        ++play.moved[0];
        ++play.moved[1];
        if (mineIsTrue && _owe(play, sender, _profile().stepRefund)) play.isStepDefended = true;
        _end(
            index,
            mineIsTrue
                ? Outcome.OperatorWins
                : theirsIsTrue
                    ? Outcome.ChallengerWins
                    : Outcome.BothLose
        );
    }

    /// @return Whether the mover is a third party, which is owed something.
    function _owe(Play storage play, address mover, uint256 amount) private returns (bool) {
        bool isParty =
            mover == _operator(_claims[play.claim].operator) || mover == _challenger(play.challenger);
        if (isParty) return false;
        play.defended += amount;
        play.defenders.push(mover);
        return true;
    }
}
