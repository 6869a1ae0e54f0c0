// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GamePosition, Outcome} from "../../contracts/types/Game.sol";
import {GameId, RequestId} from "../../contracts/types/Ids.sol";
import {Status} from "../../contracts/types/Request.sol";
import {System} from "./System.sol";
import {Lie, Trace, Traces} from "./Traces.sol";

/// @notice A result as the campaign knows it, or a batch of them.
struct Claim {
    /// @dev Of a batch, the batch's id.
    RequestId id;
    /// @dev Number of the claim whose lock, window and games are this one's: of a result in a batch the batch, of all others the claim itself.
    uint256 head;
    bool isBatch;
    /// @dev What the requester has in escrow for it.
    uint256 fee;
    uint256 operator;
    Lie lie;
    uint256 seed;
    bool isPosted;
    /// @dev Whether the request gave the root of the input alone, and whether its bytes were demanded and published since.
    bool isByRoot;
    bool isDemanded;
    /// @dev Whether the honest side, which for a lie is an honest challenger of it, plays all its moves in time.
    bool isGuarded;
    bool isTainted;
    uint256 committedAt;
    /// @dev A published input starts it anew.
    uint256 windowEndsAt;
    /// @dev What the rules make of it, apart from the passage of time.
    Status status;
    uint256 openGames;
    uint256[] plays;
}

/// @notice A game as the campaign knows it.
struct Play {
    GameId id;
    uint256 claim;
    uint256 sequence;
    uint256 challenger;
    Lie lie;
    uint256 seed;
    uint256 openedAt;
    /// @dev A game about the publication of the input, and about nothing else.
    bool isDemand;
    /// @dev What moves have to show, from the reveal to the end.
    GamePosition position;
    Outcome outcome;
    /// @dev Third parties that moved for the operator, in order, what they are owed, and whether they took it.
    address[] defenders;
    uint256 defended;
    /// @dev Whether the last of them had the court compute, or published the input.
    bool isStepDefended;
    bool isRefunded;
    bool isRewarded;
    uint256 answers;
    /// @dev Transactions that each side needed.
    uint256[2] moved;
    uint256[2] remaining;
}

/// @notice Stake on its way out, as the campaign knows it.
struct Ticket {
    uint256 id;
    uint256 operator;
    uint256 amount;
    uint256 readyAt;
}

/// @title What happened so far, kept by the rules alone
abstract contract Book is System {
    Claim[] internal _claims;
    Play[] internal _plays;
    uint256[] internal _active;
    uint256[OPERATORS] internal _staked;
    Ticket[] internal _tickets;
    uint256 internal _ticketed;
    /// @dev What every free balance has gained or lost since the start.
    mapping(address account => int256 amount) internal _net;

    /// @notice How often an action could be done, and how often it was wanted.
    uint256 public done;
    uint256 public wanted;
    /// @notice How often each thing happened.
    mapping(Status status => uint256 count) public statuses;
    mapping(Outcome outcome => uint256 count) public outcomes;
    uint256 public rewards;
    uint256 public refunds;
    uint256 public refusals;
    uint256 public convictions;
    uint256 public publications;
    uint256 public cancelled;
    uint256 public completed;
    mapping(Status status => uint256 count) public batches;
    uint256 public linked;
    uint256 public delivered;
    uint256 public undelivered;
    /// @notice The most gas that any call of a function has used.
    mapping(bytes4 selector => uint256 gas) public mostGas;

    modifier counted() {
        uint256 before = done;
        ++wanted;
        _;
        // Several things in one action count once.
        if (done > before) done = before + 1;
    }

    /// @dev Keeps what a call has used since `before`.
    function _meter(bytes4 selector, uint256 before) internal {
        uint256 used = before - gasleft();
        if (used > mostGas[selector]) mostGas[selector] = used;
    }

    function _operatorTrace(Claim storage claim) internal view returns (Trace memory) {
        return Traces.build(_inputRoot, claim.lie, claim.seed);
    }

    function _challengerTrace(Play storage play) internal view returns (Trace memory) {
        return Traces.build(_inputRoot, play.lie, play.seed);
    }

    /// @dev Books the end of a game: the only place in which the campaign says what an outcome means.
    function _end(uint256 index, Outcome outcome) internal {
        Play storage play = _plays[index];
        Claim storage claim = _head(_claims[play.claim]);
        play.outcome = outcome;
        --claim.openGames;
        for (uint256 i = 0; i < _active.length; ++i) {
            if (_active[i] != index) continue;
            _active[i] = _active[_active.length - 1];
            _active.pop();
            break;
        }
        uint256 bond = _profile().bond;
        if (outcome != Outcome.OperatorWins) play.defended = 0;
        else _give(_operator(claim.operator), bond - _bondBurn() - play.defended);
        if (outcome == Outcome.ChallengerWins || outcome == Outcome.Left)
            _give(_challenger(play.challenger), bond);
        if (outcome == Outcome.Undecided) claim.isTainted = true;
        bool convicts = outcome == Outcome.ChallengerWins || outcome == Outcome.BothLose;
        if (convicts && claim.status == Status.Committed) _conclude(claim, Status.Slashed);
        ++outcomes[outcome];
        ++done;
    }

    function _conclude(Claim storage claim, Status status) internal {
        claim.status = status;
        ++statuses[status];
        if (claim.isBatch) ++batches[status];
        if (status == Status.Slashed) _staked[claim.operator] -= _profile().lock;
        if (status == Status.Void) _staked[claim.operator] -= _profile().voidPenalty;
        _payFee(claim);
        // The lock of a batch is nobody's in particular: what the requester of one result would get is burned.
        if (status == Status.Slashed && !claim.isBatch) _give(_requester(), _compensation());
    }

    /// @dev A fee is the operator's if the result is final, and the requester's if it is not.
    function _payFee(Claim storage claim) internal {
        _give(claim.status == Status.Final ? _operator(claim.operator) : _requester(), claim.fee);
    }

    /// @dev The claim whose lock, window and games are this one's.
    function _head(Claim storage claim) internal view returns (Claim storage) {
        return _claims[claim.head];
    }

    /// @dev What a commitment amounts to at this moment, by the rules.
    function _statusNow(Claim storage claim) internal view returns (Status) {
        if (claim.status != Status.Committed) return claim.status;
        Claim storage head = _head(claim);
        bool isOpen = block.timestamp < head.windowEndsAt || head.openGames != 0;
        if (head.status != Status.Committed || isOpen) return head.status;
        return head.isTainted ? Status.Void : Status.Final;
    }

    function _give(address account, uint256 amount) internal {
        _net[account] += int256(amount);
    }

    function _take(address account, uint256 amount) internal {
        _net[account] -= int256(amount);
    }

    /// @dev What the game is worth to its challenger if it won: the rule, written down once more.
    function _share(Claim storage claim, Play storage play) internal view returns (uint256) {
        uint256 earlier = 0;
        uint256 winners = 0;
        for (uint256 i = 0; i < claim.plays.length; ++i) {
            Play storage other = _plays[claim.plays[i]];
            if (other.outcome != Outcome.ChallengerWins) continue;
            ++winners;
            if (other.sequence < play.sequence) ++earlier;
        }
        uint256 pool = _pool();
        if (earlier == 0) return pool - pool / 2;
        if (winners > 9) winners = 9;
        return earlier < 9 ? pool / 2 / (winners - 1) : 0;
    }

    function _bondBurn() internal pure returns (uint256) {
        return (uint256(_profile().bond) * _profile().bondBurnBps) / 10_000;
    }

    function _lockBurn() internal pure returns (uint256) {
        return (uint256(_profile().lock) * _profile().lockBurnBps) / 10_000;
    }

    function _compensation() internal pure returns (uint256) {
        return (uint256(_profile().lock) * _profile().requesterBps) / 10_000;
    }

    function _pool() internal pure returns (uint256) {
        return _profile().lock - _lockBurn() - _compensation();
    }
}
