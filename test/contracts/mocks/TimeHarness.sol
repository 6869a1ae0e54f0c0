// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {currentTime, Duration, Instant, saturated} from "../../../contracts/types/Time.sol";

/// @notice Calls the functions on times.
contract TimeHarness {
    function time() external view returns (Instant) {
        return currentTime();
    }

    function order(Instant a, Instant b) external pure returns (bool isBefore, bool isAtOrAfter) {
        return (a < b, a >= b);
    }

    function since(Instant end, Instant start) external pure returns (Duration) {
        return end.since(start);
    }

    function later(Instant start, Duration duration) external pure returns (Instant) {
        return start.after_(duration);
    }

    function isShorter(Duration a, Duration b) external pure returns (bool) {
        return a < b;
    }

    function sum(Duration a, Duration b) external pure returns (Duration) {
        return a + b;
    }

    function monus(Duration a, Duration b) external pure returns (Duration) {
        return a.monus(b);
    }

    function longest(uint256 duration) external pure returns (Duration) {
        return saturated(duration);
    }
}
