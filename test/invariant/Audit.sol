// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Game, GamePosition, Outcome, Phase, Side} from "../../contracts/types/Game.sol";
import {IResultDelivery} from "../../contracts/interfaces/IResultDelivery.sol";
import {BatchId, GameId, RequestId} from "../../contracts/types/Ids.sol";
import {Request, Status} from "../../contracts/types/Request.sol";
import {Claim, Play, Ticket} from "./Book.sol";
import {Parcel} from "./Deliveries.sol";
import {Handler} from "./Handler.sol";
import {Lie, Trace, Traces} from "./Traces.sol";

/// @title The invariants, as comparisons of the contracts with the book
abstract contract Audit is Handler {
    /// @notice An invariant does not hold.
    error Violated(string invariant, uint256 actual, uint256 expected);

    mapping(bytes32 id => bool isSeen) private _seen;
    uint256 private _seenClaims;
    uint256 private _seenPlays;

    /// @notice Reverts unless everything is as the book says.
    function audit() external {
        _auditMoney();
        _auditStakes();
        _auditTickets();
        _auditGas();
        _auditClaims();
        _auditGames();
        _auditUniqueness();
        _auditGetters();
        _equal("I7: what the receiver has got", receiver.received(), _received);
    }

    /// @notice Reverts unless everybody who leaves finds what is theirs, and nothing is left.
    function auditEmpty() external view {
        // INVARIANT: I1, after all is settled.
        (uint256 held, ) = vault.escrow();
        _equal("I1: something is left in escrow", held, 0);
        for (uint256 i = 0; i < OPERATORS; ++i) {
            (, uint256 locked) = vault.stakeOf(_operator(i));
            _equal("I8: something is locked for ever", locked, 0);
        }
    }

    function _auditMoney() private view {
        // INVARIANT: I1, I7, I24, I25. Every balance is what the rules give, to the unit.
        (uint256 held, uint256 burned) = vault.escrow();
        uint256 sum = vault.balanceOf(address(token)) + _stakeOf(address(token)) + _ticketed + held + burned;
        for (uint256 i = 0; i <= ACCOUNTS; ++i) {
            address account = i == ACCOUNTS ? address(this) : _account(i);
            uint256 start = i == ACCOUNTS ? 0 : DEPOSIT;
            uint256 balance = vault.balanceOf(account);
            _equal("I7: a balance", balance, uint256(int256(start) + _net[account]));
            sum += balance + _stakeOf(account);
        }
        _equal("I1: what the vault has", token.balanceOf(address(vault)), sum);
        (uint256 heldBook, uint256 burnedBook) = _escrowBook();
        _equal("I1: escrow", held, heldBook);
        _equal("I24: burned", burned + token.balanceOf(vault.BURN_ADDRESS()), burnedBook);
    }

    /// @dev What is held for requests, games, defenders and winners, and what was burned, from the outcomes alone.
    function _escrowBook() private view returns (uint256 held, uint256 burned) {
        uint256 bond = _profile().bond;
        for (uint256 i = 0; i < _plays.length; ++i) {
            Play storage play = _plays[i];
            if (play.outcome == Outcome.None) held += bond;
            else if (play.outcome == Outcome.OperatorWins) {
                burned += _bondBurn();
                if (!play.isRefunded) held += play.defended;
            } else if (play.outcome == Outcome.BothLose || play.outcome == Outcome.Undecided) burned += bond;
        }
        for (uint256 i = 0; i < _claims.length; ++i) {
            Claim storage claim = _claims[i];
            if (claim.status == Status.Committed) held += claim.fee;
            // What a result in a batch has of its own is its fee.
            if (claim.head != i) continue;
            if (claim.status == Status.Void) {
                burned += _profile().voidPenalty;
            } else if (claim.status == Status.Slashed) {
                burned += _lockBurn();
                if (claim.isBatch) burned += _compensation();
                (uint256 shares, uint256 claimed) = _shares(claim);
                if (claim.openGames == 0) {
                    held += shares - claimed;
                    burned += _pool() - shares;
                } else {
                    held += _pool();
                }
            }
        }
    }

    function _shares(Claim storage claim) private view returns (uint256 shares, uint256 claimed) {
        for (uint256 i = 0; i < claim.plays.length; ++i) {
            Play storage play = _plays[claim.plays[i]];
            if (play.outcome != Outcome.ChallengerWins) continue;
            uint256 share = _share(claim, play);
            shares += share;
            if (play.isRewarded) claimed += share;
        }
    }

    function _auditStakes() private view {
        uint256[OPERATORS] memory locks;
        for (uint256 i = 0; i < _claims.length; ++i) {
            Claim storage claim = _claims[i];
            bool isLocked = claim.head == i && claim.status == Status.Committed;
            if (isLocked) locks[claim.operator] += _profile().lock;
        }
        for (uint256 i = 0; i < OPERATORS; ++i) {
            (uint256 amount, uint256 locked) = vault.stakeOf(_operator(i));
            // INVARIANT: I2 and I5; I3 and I4.
            _equal("I2: locked", locked, locks[i]);
            _equal("I4: stake", amount, _staked[i]);
            _true("I2: more is locked than staked", locked <= amount);
        }
    }

    function _auditTickets() private view {
        for (uint256 i = 0; i < _tickets.length; ++i) {
            Ticket storage ticket = _tickets[i];
            (address owner, uint256 amount, uint40 readyAt) = vault.ticketOf(ticket.id);
            // INVARIANT: I3 and I6.
            _true("I6: a ticket's owner", owner == _operator(ticket.operator));
            _equal("I6: a ticket's amount", amount, ticket.amount);
            _equal("I3: when a ticket is ready", readyAt, ticket.readyAt);
        }
    }

    /// @dev INVARIANT: I28. Bounds that hold however many commitments, games and operators there are.
    function _auditGas() private view {
        _true("I28: open", mostGas[game.open.selector] <= 200_000);
        _true("I28: answer", mostGas[game.answer.selector] <= 200_000);
        _true("I28: timeout", mostGas[game.timeout.selector] <= 400_000);
        _true("I28: settle", mostGas[hub.settle.selector] <= 200_000);
    }

    function _auditClaims() private view {
        for (uint256 i = 0; i < _claims.length; ++i) {
            Claim storage claim = _claims[i];
            _auditStatus(claim);
            if (claim.head != i || !claim.isGuarded || claim.status == Status.Committed) continue;
            // INVARIANT: I9, I10 and I11.
            Status right = claim.lie == Lie.None ? Status.Final : Status.Slashed;
            _equal("I9, I11: the honest side lost", uint256(claim.status), uint256(right));
        }
    }

    /// @dev What the hub says of a claim now, and what it has stored; of a result in a batch, with the batch's window, games and taint.
    function _auditStatus(Claim storage claim) private view {
        Status expected = _statusNow(claim);
        if (claim.isBatch) {
            Status actual = hub.batchStatusOf(BatchId.wrap(RequestId.unwrap(claim.id)));
            return _equal("I13: a batch's status now", uint256(actual), uint256(expected));
        }
        Claim storage head = _head(claim);
        Request memory request = hub.requestOf(claim.id);
        _equal("I13: status", uint256(request.status), uint256(claim.status));
        _equal("I13: status now", uint256(hub.statusOf(claim.id)), uint256(expected));
        _auditDelivery(claim);
        if (claim.status == Status.Refunded) return;
        _auditOutput(claim, request.outputRoot);
        _equal("I5: the window", request.windowEndsAt, head.windowEndsAt);
        _equal("I13: open games", request.openGames, head.openGames);
        _equal("I33: taint", request.tainted ? 1 : 0, head.isTainted ? 1 : 0);
        _true("I33: a tainted commitment is final", !head.isTainted || expected != Status.Final);
    }

    /// @dev A receiver has what is final, once, and nothing else.
    function _auditDelivery(Claim storage claim) private view {
        Parcel storage parcel = _parcels[RequestId.unwrap(claim.id)];
        IResultDelivery.Delivery memory delivery_ = delivery.deliveryOf(claim.id);
        _equal("I13: delivery", uint256(delivery_.status), uint256(parcel.status));
        _equal("I7: attempts", delivery_.attempts, parcel.attempts);
        bool isDelivered = parcel.status == IResultDelivery.DeliveryStatus.Delivered;
        _true("I9: delivered, and not final", !isDelivered || hub.isFinal(claim.id));
    }

    /// @dev INVARIANT: I19. What was committed to is the output in the trace, posted or not.
    function _auditOutput(Claim storage claim, bytes32 outputRoot) private view {
        Trace memory trace = _operatorTrace(claim);
        _true("I19: the output", outputRoot == trace.nodes[Traces.outputNode()]);
    }

    function _auditGames() private {
        uint256 clock = _profile().clockSeconds;
        for (uint256 i = 0; i < _plays.length; ++i) {
            Play storage play = _plays[i];
            Game memory state = game.gameOf(play.id);
            // The book has it from this game's own moves and times, whatever happened in others.
            _equal("I12, I13: outcome", uint256(state.outcome), uint256(play.outcome));
            _auditBinding(play, state);
            bool isActive = play.outcome == Outcome.None;
            bool canMove = game.canMove(play.id);
            bool canTimeout = game.canTimeout(play.id);
            _true("I15: a move and a timeout exclude each other", canMove != canTimeout || !isActive);
            _true("I13: a game that is over goes on", isActive || (!canMove && !canTimeout));
            _true("I23: too many answers", play.answers <= 2);
            // ceil(d / 2) + 2, where d = 2 answers narrow this model's traces.
            _true("I21: too many moves of one side", play.moved[0] <= 3 && play.moved[1] <= 3);
            _true("I22: a defence that costs more than half a bond", 2 * play.defended <= _profile().bond);
            if (!isActive) continue;
            _true("I16: a game outlives 2C", block.timestamp < play.openedAt + 2 * clock || canTimeout);
            _auditClocks(play, state, clock);
            _auditNodes(play, state);
        }
    }

    /// @dev INVARIANT: I17 and I25. Who is paid, and whom for defending, is in what every move has to show.
    function _auditBinding(Play storage play, Game memory state) private view {
        bool isPlaced = state.phase == Phase.Narrowing || state.phase == Phase.Leaf;
        GamePosition memory position = play.position;
        bytes32 bound =
            isPlaced ? keccak256(abi.encode(play.id, uint256(state.level), position)) : bytes32(0);
        _true("I17: the state that moves are bound to", game.stateHash(play.id) == bound);
        address payee = isPlaced ? position.challenger : state.challenger;
        _true("I25: payee", payee == _challenger(play.challenger));
    }

    function _auditClocks(Play storage play, Game memory state, uint256 clock) private {
        uint256 elapsed = block.timestamp - state.turnStartedAt;
        for (uint256 side = 0; side < 2; ++side) {
            uint256 used = side == 0 ? state.operatorUsed : state.challengerUsed;
            // INVARIANT: I14: before the leaf the clock of the side to move runs, at the leaf both do.
            if (state.phase == Phase.Leaf || uint256(state.turn) == side) used += elapsed;
            uint256 remaining = game.remainingOf(play.id, Side(side));
            _equal("I14: a clock", remaining, used < clock ? clock - used : 0);
            _true("I16: a clock ran backwards", remaining <= play.remaining[side]);
            play.remaining[side] = remaining;
        }
    }

    function _auditNodes(Play storage play, Game memory state) private view {
        if (state.phase != Phase.Narrowing && state.phase != Phase.Leaf) return;
        Claim storage claim = _claims[play.claim];
        Trace memory mine = _operatorTrace(claim);
        Trace memory theirs = _challengerTrace(play);
        uint256 node = (1 << uint256(state.level)) + play.position.index;
        // INVARIANT: I18; everything left of the node was the same in every row that led to it.
        GamePosition memory position = play.position;
        // At the root it is the one that the hub knows, if it knows one.
        bytes32 operatorNode = state.level == 0 ? hub.requestOf(claim.id).traceRoot : position.operatorNode;
        bool isUnknown = state.level == 0 && !claim.isPosted;
        _true("I18: the operator's node", operatorNode == (isUnknown ? bytes32(0) : mine.nodes[node]));
        _true("I18: the challenger's node", position.challengerNode == theirs.nodes[node]);
        _true("I18: equal nodes", mine.nodes[node] != theirs.nodes[node]);
        for (; node & (node - 1) != 0; --node) {
            _true("I18: a difference further left", mine.nodes[node - 1] == theirs.nodes[node - 1]);
        }
    }

    function _auditUniqueness() private {
        for (; _seenClaims < _claims.length; ++_seenClaims) _see(RequestId.unwrap(_claims[_seenClaims].id));
        for (; _seenPlays < _plays.length; ++_seenPlays) _see(GameId.unwrap(_plays[_seenPlays].id));
    }

    function _see(bytes32 id) private {
        _true("I31: an id occurs twice", !_seen[id]);
        _seen[id] = true;
    }

    /// @dev INVARIANT: I32; a view that reverted would end the campaign here.
    function _auditGetters() private view {
        GameId noGame = GameId.wrap(keccak256(abi.encode("no game", wanted)));
        RequestId noRequest = RequestId.wrap(keccak256(abi.encode("no request", wanted)));
        game.gameOf(noGame);
        game.stateHash(noGame);
        _equal("I32: time of no game", game.remainingOf(noGame, Side.Operator), 0);
        _true("I32: a move in no game", !game.canMove(noGame) && !game.canTimeout(noGame));
        hub.requestOf(noRequest);
        _equal("I32: status of no request", uint256(hub.statusOf(noRequest)), 0);
        _true("I32: no request is final", !hub.isFinal(noRequest));
        vault.ticketOf(type(uint256).max);
        vault.stakeOf(address(0));
    }

    function _stakeOf(address account) private view returns (uint256 amount) {
        (amount, ) = vault.stakeOf(account);
    }

    function _equal(string memory invariant, uint256 actual, uint256 expected) private pure {
        if (actual != expected) revert Violated(invariant, actual, expected);
    }

    function _true(string memory invariant, bool holds) private pure {
        if (!holds) revert Violated(invariant, 0, 1);
    }
}
