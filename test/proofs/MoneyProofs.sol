// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RewardPool} from "../../contracts/dispute/RewardPool.sol";
import {Shares} from "../../contracts/libraries/Shares.sol";

/// @notice What holds of every division of money, whatever the amounts.
contract MoneyProofs {
    RewardPool private _pool;

    function prove_shareDown_isAPart(uint96 amount, uint16 bps) external pure {
        require(bps <= Shares.WHOLE_BPS);
        uint256 share = Shares.shareDown(amount, bps);
        assert(share <= amount);
        // Rounded down, and by less than one unit.
        assert(share * Shares.WHOLE_BPS <= uint256(amount) * bps);
        assert(uint256(amount) * bps < (share + 1) * Shares.WHOLE_BPS);
    }

    /// @notice I24: of a slashed lock the three parts are the whole, and no part is negative.
    function prove_lock_isDividedWithoutRest(uint96 lock, uint16 burnBps, uint16 requesterBps) external pure {
        require(burnBps <= Shares.WHOLE_BPS && requesterBps <= Shares.WHOLE_BPS - burnBps);
        uint256 burned = Shares.shareDown(lock, burnBps);
        uint256 compensation = Shares.shareDown(lock, requesterBps);
        // Steps on the way: what the three shares would be before rounding.
        uint256 rest = Shares.WHOLE_BPS - burnBps - requesterBps;
        uint256 whole = uint256(lock) * Shares.WHOLE_BPS;
        assert(uint256(lock) * burnBps + uint256(lock) * requesterBps + uint256(lock) * rest == whole);
        assert(burned * Shares.WHOLE_BPS <= uint256(lock) * burnBps);
        assert(compensation * Shares.WHOLE_BPS <= uint256(lock) * requesterBps);
        // Were it more, the subtraction in the court would revert.
        assert(burned + compensation <= lock);
        uint256 pool = lock - burned - compensation;
        assert(burned + compensation + pool == lock);
    }

    /// @notice I7, I22: a lost bond covers every refund that its profile allows, twice.
    function prove_bond_coversTheRefunds(
        uint96 bond,
        uint16 burnBps,
        uint96 answerRefund,
        uint96 stepRefund,
        uint8 answers,
        uint8 steps
    ) external pure {
        require(answers <= 8 && steps <= 1 && burnBps <= Shares.WHOLE_BPS);
        uint256 most = 8 * uint256(answerRefund) + stepRefund;
        uint256 burned = Shares.shareDown(bond, burnBps);
        require(most <= bond - burned && bond >= 2 * most);
        uint256 refunds = uint256(answers) * answerRefund + uint256(steps) * stepRefund;
        assert(refunds + burned <= bond);
        assert(bond >= 2 * refunds);
    }

    /// @notice I7: nobody has won, so all is burned.
    function prove_pool_isBurnedWithoutWinners(uint128 amount) external {
        delete _pool;
        _pool.amount = amount;
        assert(_pool.close() == amount);
    }

    /// @notice I7: one winner has the larger half, and the other one is burned.
    function prove_pool_ofOneWinner(uint128 amount, uint32 sequence) external {
        delete _pool;
        _pool.amount = amount;
        _pool.winners = 1;
        _pool.sequences[0] = sequence;
        uint256 left = _pool.close();
        uint256 paid = _pool.shareOf(sequence);
        assert(paid + left == amount);
        assert(paid >= left && paid <= left + 1);
    }

    /// @notice I7: what winners get and what is burned is the pool, for any number of winners; the second stands for all that follow.
    function prove_pool_isSharedWithoutRest(uint128 amount, uint8 winners) external {
        require(winners >= 2 && winners <= 9);
        delete _pool;
        _pool.amount = amount;
        _pool.winners = winners;
        _pool.sequences[1] = 1;
        uint256 left = _pool.close();
        uint256 first = _pool.shareOf(0);
        uint256 second = _pool.shareOf(1);
        assert(first + (winners - uint256(1)) * second + left == amount);
        // Less than one unit for each of them is lost to the division.
        assert(left < winners);
    }
}
