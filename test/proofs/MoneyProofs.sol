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

    /// @notice I24: of a slashed lock no part is larger than its share, and the three parts are the whole.
    function prove_lock_isDividedWithoutRest(uint96 lock, uint16 burnBps, uint16 requesterBps) external pure {
        require(burnBps <= Shares.WHOLE_BPS && requesterBps <= Shares.WHOLE_BPS - burnBps);
        uint256 burned = Shares.shareDown(lock, burnBps);
        uint256 compensation = Shares.shareDown(lock, requesterBps);
        assert(burned * Shares.WHOLE_BPS <= uint256(lock) * burnBps);
        assert(compensation * Shares.WHOLE_BPS <= uint256(lock) * requesterBps);
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

    /// @notice I7: of a pool that nobody has won all is burned.
    function prove_pool_isBurnedWithoutWinners(uint128 amount) external {
        delete _pool;
        _pool.amount = amount;
        assert(_pool.close() == amount);
    }
}
