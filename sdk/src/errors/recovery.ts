/** What to do about each custom error of the contracts. A Solidity error without an entry here does not compile. */

import type { contractErrors } from "./generated/contract-errors.ts";

/** Advice on one error. */
export interface Recovery {
  /** One sentence that tells a human what to do. */
  readonly recovery: string;
  /** Whether the same call can succeed later, because time passes or others act. */
  readonly isTransient?: boolean;
}

export const recoveries: Readonly<Record<keyof typeof contractErrors, Recovery>> = {
  AgentActionFailed: { recovery: "Look into the reason; the action stays allowed, and can be tried again." },
  AgentActionTooLong: { recovery: "Propose a shorter call, or use a policy model with a longer input." },
  AgentActionUnknown: { recovery: "Pass the id of a proposed action that was neither made nor refused." },
  AgentCallerNotAgent: { recovery: "Propose from the account of the agent." },
  AgentSecurityTooLow: {
    recovery: "Refund the action and propose it again under a profile with a larger lock.",
  },
  AmountPairTooLarge: { recovery: "Use a smaller amount." },
  ConsumerNotRepaid: {
    recovery:
      "Wait until the request has ended as slashed, void or refunded; a final one has a result instead.",
    isTransient: true,
  },
  ConsumerOutputMismatch: { recovery: "Pass exactly the bytes that getResult returns for this request." },
  DeliveryCallerNotRequester: { recovery: "Subscribe from the account or contract that made the request." },
  DeliveryGasBelowSubscribed: { recovery: "Deliver with at least the gas that was subscribed." },
  DeliveryGasMissing: { recovery: "Send the delivery with a higher gas limit." },
  DeliveryGasTooLarge: {
    recovery: "Subscribe with less gas, and let the receiver do the rest in another transaction.",
  },
  DeliveryNotDue: {
    recovery: "See with getDelivery whether anybody has subscribed, or the result was delivered already.",
  },
  DeliveryOutputMismatch: { recovery: "Pass the bytes of the final result; getResult gives them." },
  DigitKnown: { recovery: "Read the stored digit." },
  DigitNotAsked: { recovery: "Pass the id of a request that this contract made." },
  DigitUnknown: {
    recovery: "Wait until the request is final and store its result first.",
    isTransient: true,
  },
  ECDSAInvalidSignature: { recovery: "Sign the permit again; the signature belongs to nobody." },
  ECDSAInvalidSignatureLength: { recovery: "Pass a signature of 65 bytes as r, s and v." },
  ECDSAInvalidSignatureS: {
    recovery: "Sign with a wallet that gives the lower of the two possible values of s.",
  },
  ERC20InsufficientAllowance: { recovery: "Approve the vault for the amount first, with approveToken." },
  ERC20InsufficientBalance: { recovery: "Get more of the token into the wallet, or use a smaller amount." },
  ERC20InvalidApprover: { recovery: "Call from an account; the zero address cannot approve." },
  ERC20InvalidReceiver: { recovery: "Pass a receiver other than the zero address." },
  ERC20InvalidSender: { recovery: "Call from an account; the zero address holds nothing." },
  ERC20InvalidSpender: { recovery: "Pass a spender other than the zero address." },
  ERC2612ExpiredSignature: { recovery: "Sign a new permit with a later deadline." },
  ERC2612InvalidSigner: { recovery: "Sign the permit with the owner's key, for this token and this chain." },
  EscrowCallerNotSeller: { recovery: "Deliver from the account of the seller." },
  EscrowClassOutOfRange: { recovery: "Order a class that the model knows." },
  EscrowNotOver: { recovery: "Wait until the time of the seller is up.", isTransient: true },
  EscrowOver: { recovery: "It is too late to deliver; the buyer can be paid back." },
  EscrowUnknown: { recovery: "Pass the number of an escrow that was not paid out." },
  EscrowVerdictNotAwaited: { recovery: "Pass the id of a request whose verdict is still waited for." },
  EscrowVerdictPending: {
    recovery: "Wait for the verdict, or withdraw its request if it ended without one.",
    isTransient: true,
  },
  GameCallerNotChallenger: { recovery: "Send it from the account that opened the game." },
  GameClockRunning: {
    recovery: "Wait until the running clock is used up; getGame says how long that is.",
    isTransient: true,
  },
  GameClockUsedUp: { recovery: "It is too late for a move; end the game with timeoutGame." },
  GameDefenceMismatch: {
    recovery: "Name the third parties in the order of their moves, as getDefenders gives them.",
  },
  GameExists: { recovery: "Open the game with another salt." },
  GameNotActive: { recovery: "Check the id; an ended game takes no moves." },
  GameMoverCountMismatch: {
    recovery: "Name the third parties as getDefenders gives them, an entry per move.",
  },
  GameNothingOwed: { recovery: "Nothing is left to claim in this game." },
  GameOpeningMismatch: {
    recovery:
      "Reveal with the trace root and the salt that were used for the opening, for the account that opened it.",
  },
  GameOutcomeMismatch: {
    recovery: "See how the game ended with getGame; only who won has something to claim.",
  },
  GameOutputAgrees: { recovery: "Do not challenge: the committed output is the same." },
  GamePhaseMismatch: {
    recovery: "Read the game again with getGame; somebody may have moved in the meantime.",
  },
  GamePlaceOutOfRange: { recovery: "Name a byte of the word, 0 to 31." },
  GameRewardPending: {
    recovery: "Claim again when the last game about this result has ended.",
    isTransient: true,
  },
  GameRowLengthMismatch: {
    recovery: "Pass the nodes min(4, depth - level) levels below the node, which are 2 to that power.",
  },
  GameRowMismatch: { recovery: "Pass the nodes of the tree that the node belongs to, from the left." },
  GameStateMismatch: {
    recovery: "Somebody has moved in the meantime: read the game again and answer its new position.",
  },
  GameTraceAgrees: { recovery: "Do not challenge: the operator claims the same trace." },
  GameTraceUnknown: {
    recovery: "The operator has to call postTrace first; nobody else can.",
    isTransient: true,
  },
  GameWordAgrees: { recovery: "Show another word: the court computes this one as the operator does." },
  GameWordMismatch: { recovery: "Build the proof again from the tree that the operator is bound to." },
  GameWordProofLengthMismatch: { recovery: "Show one sibling per level of the trace." },
  HubBatchBeforeRequest: {
    recovery: "Answer the request by itself, or in a batch that is committed to after it.",
  },
  HubBatchCountOutOfRange: {
    recovery: "Make batches of at most the profile's maxBatchResults, and of at least one result.",
  },
  HubBatchExists: { recovery: "The batch is committed to already; change a result to make another one." },
  HubBatchIndexOutOfRange: { recovery: "Pass the number of the result in the batch, from 0." },
  HubBatchNotPublished: {
    recovery: "Answer requests that were made on-chain with published batches, or one by one.",
  },
  HubBatchProfileMismatch: { recovery: "Commit to the batch under the profile that the request names." },
  HubBatchProofLengthMismatch: { recovery: "Pass the proof that createBatch gives for this result." },
  HubBatchProofMismatch: {
    recovery: "Pass the result exactly as it is in the batch, with its number and its proof.",
  },
  HubBatchResultMismatch: { recovery: "Answer the request with a result about its model and its input." },
  HubBatchStatusMismatch: {
    recovery:
      "Check all five values of the batch; if they are right, see with getBatch what has become of it.",
  },
  HubCallerNotGame: { recovery: "Use the functions of the game; this one is not for callers." },
  HubDeadlineNotAhead: { recovery: "Make the request with a deadline in the future." },
  HubDeadlineNotPassed: { recovery: "Wait until the deadline has passed.", isTransient: true },
  HubDeadlinePassed: {
    recovery: "It is too late for this request; it can be expired, which refunds its fee.",
  },
  HubGamesOpen: { recovery: "Wait until all games about this result have ended.", isTransient: true },
  HubInputDemanded: { recovery: "Wait for the publication that the other demand brings about." },
  HubInputKnown: { recovery: "Read the input with getInput; it is published." },
  HubInputLengthMismatch: {
    recovery: "Pass exactly the model's inputBytes; packInputs lays tensors out that way.",
  },
  HubInputMismatch: { recovery: "Pass the bytes whose root the request has." },
  HubInputTooLong: {
    recovery: "Ask the requester for the input, or leave the result alone: it cannot be published here.",
  },
  HubLinkMismatch: { recovery: "Deploy the contracts with the addresses of each other." },
  HubNotFinal: {
    recovery: "Wait with waitForFinality; a request that ended otherwise never has a result.",
    isTransient: true,
  },
  HubOperatorMismatch: {
    recovery: "Send it from the operator that the request names or that has accepted it.",
  },
  HubOutputLengthMismatch: { recovery: "Pass exactly the model's outputBytes." },
  HubOutputNotPublished: { recovery: "Use commitResult; the output is short enough to be published." },
  HubProofWithoutTrace: { recovery: "Pass the trace root together with its proof, or neither." },
  HubRequestExists: { recovery: "The request is made already; use another salt for a second one." },
  HubRequestMismatch: {
    recovery: "Pass the parameters with which the request was made, from the account that made it.",
  },
  HubStakeTooLow: { recovery: "Stake more, or leave the request to another operator." },
  HubStatusMismatch: { recovery: "Read the request again with getRequest; somebody may have moved it on." },
  HubTraceKnown: { recovery: "The trace can be bound once only; go on with answers." },
  HubTraceRootMismatch: { recovery: "Pass the trace root that the batch has bound." },
  HubTraceRootZero: { recovery: "Pass the root of the trace." },
  HubWindowClosed: { recovery: "It is too late to challenge this result." },
  HubWindowOpen: { recovery: "Wait until the challenge window is over.", isTransient: true },
  InvalidAccountNonce: { recovery: "Sign again with the account's present nonce." },
  InvalidShortString: { recovery: "Report this: the token's name is malformed." },
  ModelConstantsDepthTooLarge: { recovery: "Use a model with fewer constants." },
  ModelInputBytesOutOfRange: {
    recovery: "Register a record whose input fits into its tree and is not empty.",
  },
  ModelInputDepthTooLarge: { recovery: "Use a model with a smaller input." },
  ModelOutputBytesOutOfRange: {
    recovery: "Register a record whose output fits into one tensor and is not empty.",
  },
  ModelStepCountOutOfRange: { recovery: "Register a record whose steps fit into its program tree." },
  ModelStepDepthTooLarge: { recovery: "Use a model with fewer steps." },
  ModelTraceDepthTooLarge: { recovery: "Use a model with fewer steps or smaller tensors." },
  ModelVersionUnsupported: {
    recovery: "Compile the model for the machine version that this deployment supports.",
  },
  ModelWordDepthTooLarge: { recovery: "Use a model with smaller tensors." },
  OpeningRootMismatch: { recovery: "Build the proof again, from the trees that the dispute is about." },
  OpeningRunEmpty: { recovery: "Build the proof with proveElement." },
  OpeningRunOutOfRange: { recovery: "Build the proof with proveElement, for this model." },
  OpeningRunsNotAscending: { recovery: "Build the proof with proveElement." },
  OperandWordMissing: { recovery: "Build the proof with proveElement, for the element in dispute." },
  OutputProofLengthMismatch: {
    recovery: "Pass one sibling per level of the program tree; bindTrace gives them.",
  },
  OutputProofMismatch: {
    recovery: "Pass the trace whose last tensor is the output that is claimed with it.",
  },
  ProfileBondBurnOutOfRange: { recovery: "Choose bondBurnBps between the two bounds." },
  ProfileBondTooSmall: { recovery: "Raise the bond, or lower the refunds." },
  ProfileBondZero: { recovery: "Choose a bond above zero." },
  ProfileClockTooShort: {
    recovery: "Choose a longer clock, or assume less censorship, faster inclusion or a faster trace.",
  },
  ProfileDemandTooLong: { recovery: "Lower maxDemandBytes; what is longer does not fit into a transaction." },
  ProfileInclusionZero: { recovery: "Choose an inclusion time of at least one second." },
  ProfileLockBelowBond: { recovery: "Choose a lock that is at least the bond." },
  ProfileLockBurnOutOfRange: { recovery: "Choose lockBurnBps between the two bounds." },
  ProfileLockSharesTooLarge: {
    recovery: "Choose lockBurnBps and requesterBps that add up to at most 10,000.",
  },
  ProfileMissedDeadlinePenaltyTooLarge: { recovery: "Choose a penalty of at most the lock." },
  ProfileRefundsTooLarge: { recovery: "Choose smaller refunds, or a larger bond of which less is burned." },
  ProfileRequesterShareTooLarge: { recovery: "Choose a requesterBps of at most the bound." },
  ProfileRewardTooSmall: { recovery: "Raise the lock, burn less of it, or lower the refunds." },
  ProfileTimeTooLong: { recovery: "Use a window and a clock of at most 194 days." },
  ProfileUnknown: { recovery: "Check the profile id and the chain, or create the profile first." },
  ProfileVoidPenaltyTooLarge: { recovery: "Choose a penalty of at most the bond." },
  ProfileWindowTooShort: {
    recovery: "Choose a longer window, or assume less censorship, faster inclusion or a faster trace.",
  },
  ProofTooLong: { recovery: "Pass the proof alone, without anything after it." },
  ProofTruncated: { recovery: "Pass the whole proof." },
  ReceiverCallerNotDelivery: {
    recovery: "Have the result delivered by the delivery contract, or bring it by the function for that.",
  },
  RefereeProgramMismatch: { recovery: "Build the proof from the program whose root the model record names." },
  RegistryListingExists: { recovery: "Publish under a new version." },
  RegistryListingUnknown: { recovery: "Check the name, the version and the sending account." },
  RegistryModelUnknown: { recovery: "Register the model first, with registerModel." },
  SafeERC20FailedOperation: {
    recovery: "The token refused the transfer; check the balance, the allowance and the token itself.",
  },
  ScoresTooFew: { recovery: "Use a model that gives as many scores as there are classes." },
  StringTooLong: { recovery: "Report this: the token's name is too long." },
  VaultBalanceTooLow: { recovery: "Deposit more into the vault, or use a smaller amount." },
  VaultCallerNotProtocol: {
    recovery: "Use the functions of the hub and the game; this one is not for callers.",
  },
  VaultReceiverInvalid: { recovery: "Withdraw to an account that can use the tokens." },
  VaultReentered: { recovery: "Do not use a token that calls back." },
  VaultTicketNotOwned: { recovery: "Cancel it from the account that owns the ticket." },
  VaultTicketNotReady: { recovery: "Wait until the ticket is ready.", isTransient: true },
  VaultTicketUnknown: { recovery: "Check the ticket id; a completed or cancelled ticket is no more." },
  VaultTokenAmountMismatch: { recovery: "Do not use a token that takes a fee on transfers." },
  VaultTokenShrank: {
    recovery: "Do not deposit: the token takes balances away, and what the vault owes is no longer covered.",
  },
  VaultTokenWithoutCode: { recovery: "Deploy the vault with the address of a token on this chain." },
  VaultUnlockedStakeTooLow: {
    recovery: "Stake more, or wait until commitments have ended and their locks are free.",
    isTransient: true,
  },
  WordTreeChildrenNotPowerOfTwo: { recovery: "Pass a full row of nodes: 1, 2, 4, 8 or 16." },
  WordTreeDataTooLong: { recovery: "Use data that fits into the tree of the model record." },
  WordTreeDepthTooLarge: { recovery: "Use a tree of at most the maximum depth." },
  WordTreeIndexOutOfRange: { recovery: "Pass an index that the tree has a leaf for." },
};
