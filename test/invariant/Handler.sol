// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Outcome, Side} from "../../contracts/types/Game.sol";
import {RequestId} from "../../contracts/types/Ids.sol";
import {Profile} from "../../contracts/types/Profile.sol";
import {Status} from "../../contracts/types/Request.sol";
import {Claim, Play, Ticket} from "./Book.sol";
import {Lie} from "./Traces.sol";
import {Trespass} from "./Trespass.sol";
import {VM} from "./Vm.sol";

/// @title What anybody may do next
/// @dev Every function does something legal if there is anything; nothing in here may revert, whatever the token does meanwhile (I26).
abstract contract Handler is Trespass {
    uint256 private constant MAX_ACTIVE = 12;
    address private immutable _owner;

    constructor() {
        _owner = msg.sender;
        for (uint256 i = 0; i < OPERATORS; ++i) _stake(i, 6000 ether);
    }

    function commit(uint256 seed) external counted {
        seed = _noise(seed);
        uint256 operator = seed % OPERATORS;
        (uint256 amount, uint256 locked) = vault.stakeOf(_operator(operator));
        if (amount - locked < _profile().lock) return _stake(operator, 3000 ether);
        Lie lie = (seed >> 8) % 2 == 0 ? Lie.None : Lie((seed >> 16) % 6);
        bool isGuarded = (seed >> 24) % 5 < 2;
        _commit(operator, lie, seed >> 32, (seed >> 40) % 2 == 0, isGuarded);
        if (isGuarded && lie != Lie.None) _open(_claims.length - 1, 0, Lie.None, 0);
    }

    /// @notice A request that nobody answers, or that its operator forgets.
    function neglect(uint256 seed) external counted {
        seed = _noise(seed);
        uint256 operator = seed % OPERATORS;
        (uint256 amount, uint256 locked) = vault.stakeOf(_operator(operator));
        bool isAccepted = (seed >> 8) % 2 == 0 && amount - locked >= _profile().lock;
        RequestId id = _request(30, seed % 2 == 0);
        if (isAccepted) {
            VM.prank(_operator(operator));
            hub.accept(id);
        }
        _pass(30);
        hub.expire(id);
        uint256 penalty = isAccepted ? _profile().missedDeadlinePenalty : 0;
        _staked[operator] -= penalty;
        _give(_requester(), FEE + penalty);
        _book(_claims.length, id, operator, Lie.None, 0).status = Status.Refunded;
        ++statuses[Status.Refunded];
        ++done;
    }

    /// @notice A challenge: the truth, the operator's own trace, the same kind of lie, or anything else. Several at once are a swarm.
    function open(uint256 seed) external counted {
        seed = _noise(seed);
        uint256 swarm = seed % 8 == 0 ? 4 : 1;
        (bool found, uint256 index) = _pickClaim(seed >> 8);
        if (!found || _active.length + swarm > MAX_ACTIVE) return _playOn(seed);
        Claim storage claim = _claims[index];
        for (uint256 i = 0; i < swarm; ++i) {
            uint256 kind = (seed >> (16 + 8 * i)) % 16;
            uint256 challenger = (seed >> (64 + 8 * i)) % CHALLENGERS;
            if (kind < 6) _open(index, challenger, Lie.None, 0);
            else if (kind == 6) _open(index, challenger, claim.lie, claim.seed);
            else _open(index, challenger, Lie((seed >> (128 + 8 * i)) % 7), seed >> (kind + i));
        }
    }

    /// @notice Up to four moves of one game, by the sides themselves or by strangers.
    function playOn(uint256 seed) external counted {
        _playOn(_noise(seed));
    }

    /// @notice Up to four moves of another game. Moves are most of what happens.
    function playOnElsewhere(uint256 seed) external counted {
        _playOn(_noise(seed) >> 7);
    }

    /// @notice Time passes: a little, or to the second before, at, or after which a clock or a window ends.
    function pass(uint256 seed) external counted {
        seed = _noise(seed);
        ++done;
        if (_active.length != 0 && seed % 3 == 0) {
            Play storage play = _plays[_active[(seed >> 8) % _active.length]];
            uint256 rest = game.remainingOf(play.id, Side((seed >> 16) % 2));
            if (rest > 1) return _pass(rest - 1 + ((seed >> 24) % 3));
        }
        (bool found, uint256 index) = _pickClaim(seed >> 8);
        if (found && seed % 3 == 1) {
            uint256 end = _claims[index].windowEndsAt;
            if (end > block.timestamp + 1) return _pass(end - block.timestamp - 1 + ((seed >> 24) % 3));
        }
        _pass(1 + ((seed >> 32) % 300));
    }

    /// @notice Whatever has run out of time is ended by somebody.
    function endOverdue(uint256 seed) external counted {
        uint256 count = _active.length;
        for (uint256 i = count; i > 0; --i) {
            Play storage play = _plays[_active[i - 1]];
            if (game.canTimeout(play.id)) _timeout(_active[i - 1]);
        }
        if (count == _active.length) _playOn(_noise(seed));
    }

    /// @notice A game reaches the leaf, and nobody has the court compute.
    function abandonAtLeaf(uint256 seed) external counted {
        seed = _noise(seed);
        if (!_stage(seed, (seed >> 64) % 2 == 0 ? Lie.None : Lie.Word, Lie.Suffix)) return;
        uint256 index = _plays.length - 1;
        for (uint256 moves = 0; moves < 3; ++moves) _move(index, address(this));
        _pass(_profile().clockSeconds);
        _timeout(index);
    }

    /// @notice A lie is challenged by another lie, often about the same element, and the court computes neither.
    function bothLie(uint256 seed) external counted {
        seed = _noise(seed);
        Lie lie = (seed >> 72) % 2 == 0 ? Lie.Word : Lie.Garbage;
        if (!_stage(seed, lie, lie)) return;
        for (uint256 moves = 0; moves < 4; ++moves) _move(_plays.length - 1, address(this));
    }

    /// @notice Whatever is over is settled by somebody.
    function settle(uint256 seed) external counted {
        uint256 before = done;
        for (uint256 i = 0; i < _claims.length; ++i) {
            Claim storage claim = _claims[i];
            if (claim.status != Status.Committed || _statusNow(claim) == Status.Committed) continue;
            _settle(claim);
        }
        if (done == before) _playOn(_noise(seed));
    }

    /// @notice Challengers of what others have slashed leave.
    function quit(uint256 seed) external counted {
        seed = _noise(seed);
        for (uint256 i = 0; i < _active.length; ++i) {
            Play storage play = _plays[_active[i]];
            if (_head(_claims[play.claim]).status != Status.Slashed) continue;
            VM.prank(_challenger(play.challenger));
            game.quit(play.id, play.position);
            return _end(_active[i], Outcome.Left);
        }
        if (!_stage(seed, Lie.Word, Lie.None)) return;
        uint256 second = _plays.length;
        _open(_claims.length - 1, (seed >> 32) % CHALLENGERS, Lie.None, 0);
        for (uint256 moves = 0; moves < 4; ++moves) _move(second - 1, address(this));
        VM.prank(_challenger(_plays[second].challenger));
        game.quit(_plays[second].id, _plays[second].position);
        _end(second, Outcome.Left);
    }

    /// @notice Winners and defenders are credited, by anyone.
    function claimCredits(uint256 seed) external counted {
        uint256 before = done;
        for (uint256 i = 0; i < _plays.length; ++i) _claimCredits(_plays[i]);
        if (done != before || !_stage(_noise(seed), Lie.None, Lie.Suffix)) return;
        uint256 last = _plays.length - 1;
        for (uint256 moves = 0; moves < 4; ++moves) _move(last, address(this));
        _claimCredits(_plays[last]);
    }

    /// @notice Operators put in, take out, and wait; the token calls back while it moves.
    function useVault(uint256 seed) external counted {
        seed = _noise(seed);
        for (uint256 i = 0; i < 3; ++i) _useVault(uint256(keccak256(abi.encode(seed, i))));
    }

    function _useVault(uint256 seed) private {
        uint256 operator = seed % OPERATORS;
        bool isTicketed = (seed >> 16) % 4 != 0 && _tickets.length != 0;
        bool isCancelled = cancelled < completed;
        if (isTicketed && !isCancelled) {
            uint256 readyAt = _tickets[_tickets.length - 1].readyAt;
            if (readyAt > block.timestamp) _pass(readyAt - block.timestamp);
        }
        // Not before: while time passes games end, and what could not be called becomes possible.
        _arm(seed >> 8);
        (uint256 amount, uint256 locked) = vault.stakeOf(_operator(operator));
        uint256 free = amount - locked;
        if (isTicketed) {
            Ticket memory ticket = _tickets[_tickets.length - 1];
            _tickets.pop();
            _ticketed -= ticket.amount;
            if (isCancelled) {
                VM.prank(_operator(ticket.operator));
                vault.cancelUnstake(ticket.id);
                _staked[ticket.operator] += ticket.amount;
                ++cancelled;
            } else {
                vault.completeUnstake(ticket.id);
                _give(_operator(ticket.operator), ticket.amount);
                ++completed;
            }
        } else if ((seed >> 17) % 4 != 0 && free > 0) {
            uint256 part = 1 + ((seed >> 24) % free);
            VM.prank(_operator(operator));
            uint256 id = vault.requestUnstake(part);
            _tickets.push(Ticket(id, operator, part, block.timestamp + UNSTAKE_DELAY));
            _staked[operator] -= part;
            _ticketed += part;
        } else {
            VM.prank(_operator(operator));
            vault.withdraw(address(this), 1 ether);
            vault.deposit(_operator(operator), 1 ether);
        }
        vault.sweepBurned();
        // What was not called in this action could succeed in a later one, unknown to the books.
        token.arm(address(0), "");
        ++done;
    }

    /// @notice Somebody makes other parameters: nothing that is open notices (I29).
    function createProfile(uint256 seed) external counted {
        Profile memory other = _profile();
        other.clockSeconds += uint32(1 + (_noise(seed) % 1000));
        other.lockBurnBps = 6000;
        profiles.create(other);
        ++done;
    }

    /// @notice Lies whose trace everybody can guess are convicted without narrowing.
    function convict(uint256 seed) external counted {
        seed = _noise(seed);
        for (uint256 i = 0; i < _active.length; ++i) {
            uint256 index = _active[(seed + i) % _active.length];
            Claim storage head = _head(_claims[_plays[index].claim]);
            if (head.status == Status.Committed && _convict(index, address(this))) return;
        }
        if (!_stage(seed, Lie(1 + ((seed >> 64) % 5)), Lie.None)) return;
        if (!_claims[_claims.length - 1].isPosted) _move(_plays.length - 1, address(this));
        if (!_claims[_claims.length - 1].isPosted) _move(_plays.length - 1, address(this));
        _convict(_plays.length - 1, address(this));
    }

    /// @notice Somebody wants to see an input that was given by its root alone; if there is none, such a request is made and answered first.
    function demand(uint256 seed) external counted {
        seed = _noise(seed);
        for (uint256 i = 0; i < _claims.length; ++i) {
            Claim storage claim = _claims[_claims.length - 1 - i];
            bool isOpen = claim.status == Status.Committed && _head(claim).status == Status.Committed;
            bool isSecret = isOpen && claim.isByRoot && !claim.isDemanded;
            // A published input makes the window longer, but nothing demanded then may make it longer still.
            if (!isSecret || block.timestamp >= claim.committedAt + _profile().windowSeconds) continue;
            return _demandAndShow(_claims.length - 1 - i, seed);
        }
        uint256 operator = seed % OPERATORS;
        (uint256 amount, uint256 locked) = vault.stakeOf(_operator(operator));
        if (amount - locked < _profile().lock) _stake(operator, 3000 ether);
        // A multiple of four: by the root alone.
        _commit(operator, (seed >> 40) % 2 == 0 ? Lie.None : Lie.Word, (seed >> 41) << 2, true, false);
        _demandAndShow(_claims.length - 1, seed);
    }

    /// @notice Everything that is open ends by calls that anyone may make (I8). Not one of the actions: the campaign ends with it.
    function drain() external {
        if (msg.sender != _owner) return;
        _pass(_profile().windowSeconds + 2 * _profile().clockSeconds + 1);
        while (_active.length != 0) _timeout(_active[_active.length - 1]);
        for (uint256 i = 0; i < _claims.length; ++i) {
            Claim storage claim = _claims[i];
            if (claim.status != Status.Committed) continue;
            _settle(claim);
        }
        for (uint256 i = 0; i < _plays.length; ++i) _claimCredits(_plays[i]);
    }

    /// @dev Most of what is demanded is published, by whomever.
    function _demandAndShow(uint256 index, uint256 seed) private {
        _demand(index, seed % CHALLENGERS);
        if ((seed >> 8) % 4 != 0) _move(_plays.length - 1, _account((seed >> 16) % ACCOUNTS));
    }
}
