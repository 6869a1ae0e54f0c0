// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Custody of the one ERC-20 token
/// @notice All money of the system is here, as free balances, operators' stakes, and what the protocol holds in escrow. The token is called by {deposit}, {withdraw}
/// and {sweepBurned} alone; everything else moves numbers, so no receiver and no token can block a dispute.
/// The sum of an operator's locks never exceeds its stake, and a slash takes exactly a lock.
/// An operator is named by the address that owns its stake. It may keep that key cold: a signer accepts and commits for it, and what it earns is credited to
/// a payout address. Both are replaced at once, and stake that is not locked moves to another owner without leaving the vault.
interface IStakeVault {
    /// @notice `amount` entered the free balance of `account`.
    event Deposited(address indexed account, address indexed from, uint256 amount);
    /// @notice `amount` left the free balance of `account`.
    event Withdrawn(address indexed account, address indexed to, uint256 amount);
    /// @notice `amount` moved from the operator's free balance to its stake.
    event Staked(address indexed operator, uint256 amount);
    /// @notice `amount` left the operator's stake and can be completed at `readyAt`.
    event UnstakeRequested(
        uint256 indexed ticketId,
        address indexed operator,
        uint256 amount,
        uint40 readyAt
    );
    /// @notice The ticket's amount went back to the stake.
    event UnstakeCancelled(uint256 indexed ticketId);
    /// @notice The ticket's amount went to the operator's free balance.
    event UnstakeCompleted(uint256 indexed ticketId);
    /// @notice `amount` of stake that was not locked changed its operator.
    event StakeTransferred(address indexed from, address indexed to, uint256 amount);
    /// @notice From now on `signer` accepts and commits for the operator, as the operator itself can; zero: nobody else.
    event SignerSet(address indexed operator, address indexed signer);
    /// @notice From now on what the operator earns is credited to `payout`; zero: to itself.
    event PayoutSet(address indexed operator, address indexed payout);

    /// @notice Moves `amount` from the caller's wallet to the free balance of `account`. Refuses tokens that deliver another amount.
    function deposit(address account, uint256 amount) external;

    /// @notice {deposit} with an ERC-2612 permit of the caller. A permit that somebody else already used is no obstacle.
    function depositWithPermit(
        address account,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Moves `amount` from the caller's free balance to the wallet of `to`.
    function withdraw(address to, uint256 amount) external;

    /// @notice Moves `amount` from the caller's free balance to its stake.
    function stake(uint256 amount) external;

    /// @notice Takes `amount` out of the unlocked part of the caller's stake into a ticket.
    function requestUnstake(uint256 amount) external returns (uint256 ticketId);

    /// @notice Puts the ticket's amount back to the stake; its owner only.
    function cancelUnstake(uint256 ticketId) external;

    /// @notice Credits a ticket that is ready to its owner's free balance; anyone may call.
    function completeUnstake(uint256 ticketId) external;

    /// @notice Makes `amount` of the unlocked part of the caller's stake the stake of another operator: how an owner changes its key.
    function transferStake(address to, uint256 amount) external;

    /// @notice Names who accepts and commits for the caller, in place of who did before; zero for nobody.
    function setSigner(address signer) external;

    /// @notice Names whose free balance is credited with what the caller earns as an operator; zero for its own.
    function setPayout(address payout) external;

    /// @notice Sends what was burned to the dead address. Anyone may call.
    function sweepBurned() external returns (uint256 amount);

    /// @notice The hub; it and the game are the protocol, which moves money inside the vault.
    function hub() external view returns (address);

    /// @notice The game.
    function game() external view returns (address);

    /// @notice Seconds between {requestUnstake} and {completeUnstake}.
    function unstakeDelay() external view returns (uint32);

    /// @notice A ticket that has neither been completed nor cancelled; all zero otherwise.
    function ticketOf(
        uint256 ticketId
    ) external view returns (address operator, uint256 amount, uint40 readyAt);

    /// @notice What the protocol holds for open requests, games and rewards, and what was burned but not yet swept.
    function escrow() external view returns (uint256 held, uint256 burned);

    /// @notice The token, in whose smallest unit all amounts are.
    function token() external view returns (address);

    /// @notice Sum of all free balances, stakes, tickets, the escrow and what was burned but not swept: what the vault has to have.
    function owed() external view returns (uint256);

    /// @notice Who accepts and commits for the operator beside itself; zero if nobody.
    function signerOf(address operator) external view returns (address);

    /// @notice Whose free balance is credited with what the operator earns.
    function payoutOf(address operator) external view returns (address);

    /// @notice Free balance.
    function balanceOf(address account) external view returns (uint256);

    /// @notice Stake, and the part of it that is locked for commitments.
    function stakeOf(address operator) external view returns (uint256 amount, uint256 locked);

    /// @notice Takes `amount` from a free balance into the protocol's escrow. Protocol only.
    function take(address account, uint256 amount) external;

    /// @notice Gives `amount` out of the escrow to a free balance. Protocol only.
    function give(address account, uint256 amount) external;

    /// @notice Gives `amount` out of the escrow to the payout address of an operator, and burns `burned` of the escrow. Protocol only.
    function pay(address operator, uint256 amount, uint256 burned) external;

    /// @notice Burns `amount` of the escrow. Protocol only.
    function burn(uint256 amount) external;

    /// @notice Locks `amount` of the operator's stake. Protocol only.
    function lock(address operator, uint256 amount) external;

    /// @notice Releases `amount` of the operator's locks. Protocol only.
    function unlock(address operator, uint256 amount) external;

    /// @notice Takes `taken` of a lock of `amount` into the escrow and releases the rest of it; burns `burned` of the escrow, and gives `given` out of it to
    /// a free balance. Protocol only.
    function slash(
        address operator,
        uint256 amount,
        uint256 taken,
        uint256 burned,
        address account,
        uint256 given
    ) external;
}
