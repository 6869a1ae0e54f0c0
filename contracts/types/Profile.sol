// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Immutable parameters of a commitment and of every game about it. Amounts are in the smallest unit of the vault's token.
struct Profile {
    /// @dev W: a challenge can be opened while t < committedAt + windowSeconds.
    uint32 windowSeconds;
    /// @dev C: what one side of one game may use up in total.
    uint32 clockSeconds;
    /// @dev C_max: the censorship, in total, that W and C are made to survive.
    uint32 censorshipSeconds;
    /// @dev What one transaction may take to be included, the time to compute it contained.
    uint32 inclusionSeconds;
    /// @dev What building the whole trace may take.
    uint32 traceSeconds;
    /// @dev Share of the lock burned on a slash, in 1/10,000.
    uint16 lockBurnBps;
    /// @dev Share of the lock paid to the requester on a slash, in 1/10,000.
    uint16 requesterBps;
    /// @dev Share of a lost bond burned, in 1/10,000.
    uint16 bondBurnBps;
    /// @dev How many results one lock may back together, as a batch; zero if each result needs a lock of its own.
    uint16 maxBatchResults;
    /// @dev L: stake locked for one commitment.
    uint96 lock;
    /// @dev B: what a challenger stakes on one game.
    uint96 bond;
    /// @dev Longest input, in bytes, whose publication a challenger may demand where a request gave its root alone; zero if none.
    uint32 maxDemandBytes;
    /// @dev What an operator loses that accepted and did not commit in time.
    uint96 missedDeadlinePenalty;
    /// @dev What an operator loses whose commitment ended Void.
    uint96 voidPenalty;
    /// @dev Paid out of a lost bond to a third party for each answer it made for the operator.
    uint96 answerRefund;
    /// @dev Paid out of a lost bond to a third party for the step that it made for the operator, or the demanded input that it published.
    uint96 stepRefund;
}
