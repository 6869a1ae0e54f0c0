// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contradiction, Game, GamePosition, Outcome, Side} from "../types/Game.sol";
import {GameId, RequestId} from "../types/Ids.sol";

/// @title Two-sided games that narrow two execution traces to the first word where they differ
/// @notice Any number of games run against one commitment, each on its own clocks and with its own bond; no game influences another.
///
/// A game's state is a pair of nodes, one of each side's trace tree, at the same (level, index), that differ while everything left of them agrees.
/// The side to move shows k = min(4, depth - level) levels below its own node, repeats the list that the other side showed in its last move,
/// and shows the list below its own new node, so that every answer descends k levels:
///
///     reveal (challenger)   root, 2^k nodes below it
///     answer (operator)     its 2^k nodes | the challenger's 2^k nodes -> first difference -> the 2^k' nodes below its new node
///     answer (challenger)   its 2^k' nodes | the operator's 2^k' nodes -> first difference -> the 2^k'' nodes below its new node
///     ...
///     leaf                  anyone has the referee compute the element that holds the first byte where the two words differ
///
/// Of where a game stands the chain keeps one hash; every move shows the {GamePosition} that it answers, which follows from the events.
///
/// A trace that is wrong anywhere contradicts itself somewhere. So whoever knows the operator's trace need not narrow anything: `convict` shows one word of
/// it that the referee does not compute from the trace's own earlier words.
///
/// | function | who may call | phase | ends the turn of |
/// |---|---|---|---|
/// | open | anyone with the bond in its free balance | - | - |
/// | demandInput | anyone with the bond in its free balance | - | - |
/// | publishInput | anyone who has the input | Demanded | Operator |
/// | reveal | anyone who knows the preimage | Opened | Challenger |
/// | answer | anyone | Narrowing | the side to move |
/// | step | anyone | Leaf | both |
/// | convict | anyone | any but Ended, once the operator's root is known | both |
/// | timeout | anyone | any but Ended, when the running clock is used up | - |
/// | quit | the challenger | any but Ended, when the commitment is Slashed | - |
///
/// Clocks: a side may use less than `clockSeconds` in total. A move is possible exactly while used + elapsed < clockSeconds, a timeout exactly when not.
/// At the leaf both clocks run, and a step is possible until both are used up.
///
/// A game that {demandInput} opens is about the bytes of an input of which the request gave the root alone. Whoever publishes them ends it as the operator's
/// win, and the bond pays for that; if the operator's clock is used up before, it is slashed: silence must not be cheaper than a proof.
interface IDisputeGame {
    /// @notice A challenge was opened; its opponent learns of what only at the reveal.
    event GameOpened(
        GameId indexed gameId,
        RequestId indexed requestId,
        address indexed challenger,
        bytes32 openingHash
    );
    /// @notice A challenger demands the bytes of the input; the operator's clock runs. {IInferenceHub.InputPublished} is the answer.
    event GameDemanded(GameId indexed gameId, RequestId indexed requestId, address indexed challenger);
    /// @notice The challenger showed its root. `children` are the 2^k nodes below it.
    event GameRevealed(GameId indexed gameId, bytes32 traceRoot, bytes32 outputRoot, bytes32[] children);
    /// @notice `side` answered; `operatorNode` and `challengerNode` are the new pair. `moverChildren` are the 2^k nodes below the mover's old node and
    /// `moverGrandchildren` those below its new one (none at the leaf): with them, and without any transaction's calldata, the other side can always go on.
    event GameAnswered(
        GameId indexed gameId,
        Side side,
        address indexed mover,
        uint8 level,
        uint64 index,
        bytes32 operatorNode,
        bytes32 challengerNode,
        bytes32[] moverChildren,
        bytes32[] moverGrandchildren
    );
    /// @notice The court computed the element that holds byte `byteOffset` of step `step`: `truth`, where the sides had claimed the two others.
    event GameStepped(
        GameId indexed gameId,
        address indexed mover,
        uint256 step,
        uint256 byteOffset,
        uint256 size,
        uint32 operatorValue,
        uint32 challengerValue,
        uint32 truth
    );
    /// @notice The operator's trace contradicts itself: its element at byte `byteOffset` of step `step` is `claimed`, and `truth` follows from its own earlier
    /// words.
    event GameConvicted(
        GameId indexed gameId,
        address indexed mover,
        uint256 step,
        uint256 byteOffset,
        uint256 size,
        uint32 claimed,
        uint32 truth
    );
    /// @notice A game is over. `mover` is who ended it.
    event GameEnded(GameId indexed gameId, RequestId indexed requestId, Outcome outcome, address mover);
    /// @notice A winning challenger's share of the slashed lock was credited.
    event GameRewardClaimed(GameId indexed gameId, address indexed challenger, uint256 amount);
    /// @notice A third party was repaid for the moves it made for the operator.
    event GameRefundClaimed(GameId indexed gameId, address indexed mover, uint256 amount);

    /// @notice Opens a game with the profile's bond from the caller's free balance. The caller's clock starts.
    /// @param openingHash {openingHash} of the caller's trace root and a secret salt.
    function open(RequestId requestId, bytes32 openingHash) external returns (GameId gameId);

    /// @notice Opens a game about the publication of the input, with the profile's bond from the caller's free balance. The operator's clock starts. Possible
    /// once per request whose input was given by its root alone, while less than a window has passed since the commitment, and if the input is not
    /// longer than the profile's maxDemandBytes.
    function demandInput(RequestId requestId) external returns (GameId gameId);

    /// @notice Publishes the demanded input, by whomever: the game ends as won by the operator, and the window of the commitment starts anew. A third party
    /// is repaid as for a step.
    /// @param input Exactly the model's inputBytes.
    function publishInput(GameId gameId, bytes calldata input) external;

    /// @notice Shows what the opening had bound. The operator's clock starts.
    /// @param traceRoot Root of the challenger's trace; differs from the operator's if that is known.
    /// @param salt Salt of the opening.
    /// @param outputRoot Root of the challenger's output; differs from the committed one.
    /// @param outputProof stepDepth siblings from the last step's tensor to `traceRoot`, from the bottom upwards.
    /// @param children The 2^k nodes below `traceRoot`, left to right; empty for a trace of one word.
    function reveal(
        GameId gameId,
        bytes32 traceRoot,
        bytes32 salt,
        bytes32 outputRoot,
        bytes32[] calldata outputProof,
        bytes32[] calldata children
    ) external;

    /// @notice Makes the move of the side whose turn it is, on its behalf. All three lists are forced by the two nodes, so nobody can move wrongly for another.
    /// A lazy commitment's operator has to have posted its trace. It cannot turn out to be the challenger's: both are bound to their outputs, which differ.
    /// @param position The position that the move answers.
    /// @param moverChildren The 2^k nodes below the mover's node.
    /// @param otherChildren The 2^k nodes below the other side's node.
    /// @param moverGrandchildren The 2^k' nodes below the mover's node among `moverChildren` at the first difference; empty when that is the leaf level.
    function answer(
        GameId gameId,
        GamePosition memory position,
        bytes32[] calldata moverChildren,
        bytes32[] calldata otherChildren,
        bytes32[] calldata moverGrandchildren
    ) external;

    /// @notice Has the referee compute the element that holds the first byte where the two words differ, and ends the game accordingly.
    /// @param position The position that the move answers.
    /// @param proof Proof of that element, see the machine's specification, section 6.
    function step(GameId gameId, GamePosition memory position, bytes calldata proof) external;

    /// @notice Convicts the operator by its own trace, whatever the game has come to: the challenger wins. Possible while a move is, whosever turn it is.
    /// @param position The present position; before the reveal there is none, and anything will do.
    /// @param contradiction A word of the operator's trace, and a proof about an element in it that the referee computes otherwise.
    function convict(
        GameId gameId,
        GamePosition memory position,
        Contradiction calldata contradiction
    ) external;

    /// @notice Ends a game in which the running clock is used up; at the leaf, both.
    /// @param position The present position; before the reveal there is none, and anything will do.
    function timeout(GameId gameId, GamePosition memory position) external;

    /// @notice Takes the bond back from a game about a commitment that another game has slashed, without a reward.
    /// @param position The present position; before the reveal there is none, and anything will do.
    function quit(GameId gameId, GamePosition memory position) external;

    /// @notice Credits a winning challenger's share of the slashed lock to the challenger, once the last game of the commitment has ended.
    function claimReward(GameId gameId) external returns (uint256 amount);

    /// @notice Credits third parties for the moves they made for the operator in a game that the operator won. The operator and the challenger
    /// are no third parties.
    /// @param movers Who moved, in order of the moves, one entry per move: the answers, and then the step if a third party made it.
    /// @return amount What they receive in all.
    function claimRefund(GameId gameId, address[] calldata movers) external returns (uint256 amount);

    /// @notice A game as it stands. Never reverts; unknown games are in phase None.
    function gameOf(GameId gameId) external view returns (Game memory);

    /// @notice Hash of the present position, hash(abi.encode(gameId, level, position)); zero before the reveal and after the end.
    function stateHash(GameId gameId) external view returns (bytes32);

    /// @notice Hash that binds a challenge without showing it:
    /// hash(abi.encode(hash("Assay opening"), chain id, this contract, requestId, challenger, traceRoot, salt)).
    function openingHash(
        RequestId requestId,
        address challenger,
        bytes32 traceRoot,
        bytes32 salt
    ) external view returns (bytes32);

    /// @notice Id of the game that `challenger` opens with `openingHash`:
    /// hash(abi.encode(hash("Assay game"), chain id, this contract, requestId, challenger, openingHash)).
    function gameIdOf(
        RequestId requestId,
        address challenger,
        bytes32 openingHash
    ) external view returns (GameId);

    /// @notice Hash of the third parties that {claimRefund} has not credited yet, as {GamePosition} explains it; zero if there are none.
    function defenceOf(GameId gameId) external view returns (bytes32);

    /// @notice The hub whose commitments are challenged here.
    function hub() external view returns (address);

    /// @notice Custody of all money.
    function vault() external view returns (address);

    /// @notice What computes the disputed element.
    function referee() external view returns (address);

    /// @notice Seconds that `side` has left at this moment; 0 once used up, and when the game has ended.
    function remainingOf(GameId gameId, Side side) external view returns (uint256);

    /// @notice Whether the game's next move is still possible. Exactly one of this and {canTimeout} holds until the game has ended.
    function canMove(GameId gameId) external view returns (bool);

    /// @notice Whether the game can be ended by {timeout}.
    function canTimeout(GameId gameId) external view returns (bool);
}
