// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RewardPool} from "../../../contracts/dispute/RewardPool.sol";

/// @notice A pool of its own, so that many winners can be tried without games.
contract RewardPoolHarness {
    RewardPool private _pool;

    function share(
        uint128 amount,
        uint32[] calldata sequences
    ) external returns (uint256 unclaimable, uint256[] memory shares) {
        delete _pool;
        _pool.amount = amount;
        for (uint256 i = 0; i < sequences.length; ++i) _pool.enter(sequences[i]);
        unclaimable = _pool.close();
        shares = new uint256[](sequences.length);
        for (uint256 i = 0; i < sequences.length; ++i) shares[i] = _pool.shareOf(sequences[i]);
    }

    /// @notice What a game earns that was not won.
    function shareOfLoser(
        uint128 amount,
        uint32[] calldata winners,
        uint32 sequence
    ) external returns (uint256) {
        delete _pool;
        _pool.amount = amount;
        for (uint256 i = 0; i < winners.length; ++i) _pool.enter(winners[i]);
        _pool.close();
        return _pool.shareOf(sequence);
    }
}
