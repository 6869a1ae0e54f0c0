// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Game, GamePosition, Outcome, Phase, Side} from "../../contracts/types/Game.sol";
import {Status} from "../../contracts/types/Request.sol";
import {Claim, Play} from "./Book.sol";
import {Moves} from "./Moves.sol";
import {Lie} from "./Traces.sol";
import {VM} from "./Vm.sol";

/// @title What actions are made of: games that go on, time that passes, money that moves
abstract contract Conduct is Moves {
    /// @dev A commitment that nobody guards, and a game about it; more stake if there is too little for one.
    function _stage(uint256 seed, Lie lie, Lie challengersLie) internal returns (bool) {
        uint256 operator = seed % OPERATORS;
        (uint256 amount, uint256 locked) = vault.stakeOf(_operator(operator));
        if (amount - locked < _profile().lock) {
            _stake(operator, 3000 ether);
            return false;
        }
        _commit(operator, lie, seed, (seed >> 8) % 2 == 0, false);
        _open(_claims.length - 1, (seed >> 16) % CHALLENGERS, challengersLie, seed + 1);
        return true;
    }

    /// @dev Moves in the first game, from some one on, in which the side to move has a move.
    function _playOn(uint256 seed) internal {
        uint256 count = _active.length;
        for (uint256 i = 0; i < count; ++i) {
            uint256 index = _active[((seed >> 8) + i) % count];
            Play storage play = _plays[index];
            address sender =
                (seed >> 24) % 2 == 0
                    ? _operator(_claims[play.claim].operator)
                    : _account((seed >> 32) % ACCOUNTS);
            if (!_move(index, sender)) continue;
            for (uint256 more = (seed >> 16) % 4; more > 0; --more) if (!_move(index, sender)) break;
            return;
        }
        if (count == 0) return;
        // Everybody who is to move has nothing to show: one of them runs out of time.
        uint256 silent = _active[(seed >> 8) % count];
        Play storage waiting = _plays[silent];
        Side turn = game.gameOf(waiting.id).turn;
        _pass(game.remainingOf(waiting.id, turn));
        if (waiting.outcome == Outcome.None && game.canTimeout(waiting.id)) _timeout(silent);
    }

    function _timeout(uint256 index) internal {
        Play storage play = _plays[index];
        Game memory state = game.gameOf(play.id);
        GamePosition memory position = play.position;
        uint256 before = gasleft();
        game.timeout(play.id, position);
        _meter(game.timeout.selector, before);
        Outcome loss = state.turn == Side.Operator ? Outcome.ChallengerWins : Outcome.OperatorWins;
        _end(index, state.phase == Phase.Leaf ? Outcome.Undecided : loss);
    }

    /// @dev Before time passes, the honest sides of guarded commitments make all moves that are theirs.
    function _pass(uint256 seconds_) internal {
        for (uint256 i = _active.length; i > 0; --i) {
            if (i > _active.length) continue;
            uint256 index = _active[i - 1];
            Play storage play = _plays[index];
            Claim storage claim = _claims[play.claim];
            bool operatorIsHonest = _head(claim).lie == Lie.None;
            if (!_head(claim).isGuarded || (!operatorIsHonest && play.lie != Lie.None)) continue;
            if (!operatorIsHonest && play.isDemand) continue;
            Side honest = operatorIsHonest ? Side.Operator : Side.Challenger;
            address sender = operatorIsHonest ? _operator(claim.operator) : _challenger(play.challenger);
            while (play.outcome == Outcome.None) {
                Game memory state = game.gameOf(play.id);
                if (state.phase != Phase.Leaf && state.turn != honest) break;
                if (!_move(index, sender)) break;
            }
        }
        VM.warp(block.timestamp + seconds_);
    }

    function _claimCredits(Play storage play) internal {
        Claim storage claim = _head(_claims[play.claim]);
        if (play.outcome == Outcome.ChallengerWins && claim.openGames == 0 && !play.isRewarded) {
            uint256 share = _share(claim, play);
            if (share == 0) return;
            assert(game.claimReward(play.id) == share);
            play.isRewarded = true;
            _give(_challenger(play.challenger), share);
            ++rewards;
            ++done;
        }
        if (play.outcome != Outcome.OperatorWins || play.isRefunded || play.defended == 0) return;
        assert(game.claimRefund(play.id, play.defenders) == play.defended);
        for (uint256 i = 0; i < play.defenders.length; ++i) {
            bool isLast = i + 1 == play.defenders.length;
            bool isStep = isLast && play.isStepDefended;
            _give(play.defenders[i], isStep ? _profile().stepRefund : _profile().answerRefund);
        }
        play.isRefunded = true;
        ++refunds;
        ++done;
    }

    function _stake(uint256 operator, uint256 amount) internal {
        VM.prank(_operator(operator));
        vault.stake(amount);
        _staked[operator] += amount;
        _take(_operator(operator), amount);
        ++done;
    }

    /// @dev What is over is settled, as the book says: a batch with its lock, a result in a batch with its fee, all others with both.
    function _settle(Claim storage claim) internal virtual {
        _conclude(claim, _statusNow(claim));
        uint256 before = gasleft();
        hub.settle(claim.id);
        _meter(hub.settle.selector, before);
        ++done;
    }

    /// @dev The next transfer calls back, into the vault, or into a game or a commitment that is not over.
    function _arm(uint256 seed) internal {
        uint256 kind = seed % 6;
        address target = address(vault);
        bytes memory call = abi.encodeCall(vault.withdraw, (address(this), 1 ether));
        if (kind == 1) call = abi.encodeCall(vault.sweepBurned, ());
        else if (kind == 2) call = abi.encodeCall(vault.deposit, (address(token), 1 ether));
        else if (kind == 3) call = abi.encodeCall(vault.stake, (1 ether));
        else if (kind == 4 && _active.length != 0) {
            target = address(game);
            call = abi.encodeCall(game.claimReward, (_plays[_active[seed % _active.length]].id));
        } else if (kind == 5 && _active.length != 0) {
            Claim storage claim = _claims[_plays[_active[seed % _active.length]].claim];
            // A result of a batch that is slashed already may be settled by anyone, this token too.
            if (_head(claim).status != Status.Committed) return;
            target = address(hub);
            call = abi.encodeCall(hub.settle, (claim.id));
        }
        token.arm(target, call);
    }

    function _pickClaim(uint256 seed) internal view returns (bool found, uint256 index) {
        uint256 count = _claims.length;
        // One of the last twelve that can be challenged.
        for (uint256 i = 0; i < 12 && i < count; ++i) {
            index = count - 1 - ((seed + i) % (count < 12 ? count : 12));
            Claim storage claim = _claims[index];
            Claim storage head = _head(claim);
            bool isOpen = head.status == Status.Committed && block.timestamp < head.windowEndsAt;
            if (isOpen && claim.status == Status.Committed && !claim.isBatch) return (true, index);
        }
    }

    function _noise(uint256 seed) internal view returns (uint256) {
        return uint256(keccak256(abi.encode(seed, wanted)));
    }
}
