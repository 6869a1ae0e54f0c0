// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Duration, Instant, saturated} from "../../contracts/types/Time.sol";

/// @notice What holds of instants and durations, whatever their values.
contract TimeProofs {
    function prove_monus_takesAwayAndNeverMore(uint32 a, uint32 b) external pure {
        uint32 rest = Duration.unwrap(Duration.wrap(a).monus(Duration.wrap(b)));
        assert(rest <= a);
        assert(b > a ? rest == 0 : rest + b == a);
    }

    function prove_sum_isExactUntilItSaturates(uint32 a, uint32 b) external pure {
        uint256 total = Duration.unwrap(Duration.wrap(a) + Duration.wrap(b));
        uint256 exact = uint256(a) + b;
        assert(total >= a && total >= b);
        assert(total == (exact < type(uint32).max ? exact : type(uint32).max));
    }

    function prove_since_neverRunsBackwards(uint40 start, uint40 end, uint40 later) external pure {
        require(start <= end && end <= later && later - start <= type(uint32).max);
        uint32 elapsed = Duration.unwrap(Instant.wrap(end).since(Instant.wrap(start)));
        assert(elapsed == end - start);
        assert(elapsed <= Duration.unwrap(Instant.wrap(later).since(Instant.wrap(start))));
    }

    function prove_since_isNothingBeforeTheStart(uint40 start, uint40 end) external pure {
        require(end <= start);
        assert(Duration.unwrap(Instant.wrap(end).since(Instant.wrap(start))) == 0);
    }

    function prove_comparisons_excludeEachOther(uint40 a, uint40 b) external pure {
        assert((Instant.wrap(a) < Instant.wrap(b)) != (Instant.wrap(a) >= Instant.wrap(b)));
    }

    function prove_after_comesAfter(uint40 start, uint32 duration) external pure {
        require(start < 2 ** 39);
        Instant end = Instant.wrap(start).after_(Duration.wrap(duration));
        assert(end >= Instant.wrap(start));
        assert(Duration.unwrap(end.since(Instant.wrap(start))) == duration);
    }

    function prove_saturated_isTheSmallerOne(uint256 seconds_) external pure {
        uint256 duration = Duration.unwrap(saturated(seconds_));
        assert(duration <= seconds_);
        if (seconds_ <= type(uint32).max) assert(duration == seconds_);
        else assert(duration == type(uint32).max);
    }
}
