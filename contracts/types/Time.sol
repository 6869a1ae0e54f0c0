// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A point in time: seconds since the Unix epoch, as blocks carry them. Zero means "not yet".
type Instant is uint40;

/// @notice A length of time in seconds.
type Duration is uint32;

using {isBefore as <, isAtOrAfter as >=} for Instant global;
using {isShorter as <, sum as +} for Duration global;
using {since, after_} for Instant global;
using {monus} for Duration global;

/// @notice The time of the present block.
function currentTime() view returns (Instant) {
    // SAFETY: 40 bits last for more than 30,000 years.
    return Instant.wrap(uint40(block.timestamp));
}

/// @notice Whether `a` comes before `b`.
function isBefore(Instant a, Instant b) pure returns (bool) {
    return Instant.unwrap(a) < Instant.unwrap(b);
}

/// @notice Whether `a` does not come before `b`.
function isAtOrAfter(Instant a, Instant b) pure returns (bool) {
    return Instant.unwrap(a) >= Instant.unwrap(b);
}

/// @notice What passed from `start` to `end`: nothing if `end` comes first, and never more than a duration can hold.
function since(Instant end, Instant start) pure returns (Duration) {
    uint256 from = Instant.unwrap(start);
    uint256 to = Instant.unwrap(end);
    return to <= from ? Duration.wrap(0) : saturated(to - from);
}

/// @notice The instant that lies `duration` after `start`.
function after_(Instant start, Duration duration) pure returns (Instant) {
    return Instant.wrap(Instant.unwrap(start) + Duration.unwrap(duration));
}

/// @notice Whether `a` lasts shorter than `b`.
function isShorter(Duration a, Duration b) pure returns (bool) {
    return Duration.unwrap(a) < Duration.unwrap(b);
}

/// @notice Both durations one after the other, never more than a duration can hold.
function sum(Duration a, Duration b) pure returns (Duration) {
    return saturated(uint256(Duration.unwrap(a)) + Duration.unwrap(b));
}

/// @notice What is left of `a` when `b` is taken away: nothing if `b` lasts longer.
function monus(Duration a, Duration b) pure returns (Duration) {
    return a < b ? Duration.wrap(0) : Duration.wrap(Duration.unwrap(a) - Duration.unwrap(b));
}

/// @notice A duration of that many seconds, or the longest there is.
function saturated(uint256 duration) pure returns (Duration) {
    return Duration.wrap(duration > type(uint32).max ? type(uint32).max : uint32(duration));
}
