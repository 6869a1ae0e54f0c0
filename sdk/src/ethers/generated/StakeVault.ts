// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"


  export interface StakeVaultInterface extends Interface {
    getFunction(nameOrSignature: "BURN_ADDRESS" | "balanceOf" | "burn" | "cancelUnstake" | "completeUnstake" | "deposit" | "depositWithPermit" | "escrow" | "game" | "give" | "hub" | "lock" | "owed" | "pay" | "payoutOf" | "requestUnstake" | "setPayout" | "setSigner" | "signerOf" | "slash" | "stake" | "stakeOf" | "sweepBurned" | "take" | "ticketOf" | "token" | "transferStake" | "unlock" | "unstakeDelay" | "withdraw"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "Deposited" | "PayoutSet" | "SignerSet" | "StakeTransferred" | "Staked" | "UnstakeCancelled" | "UnstakeCompleted" | "UnstakeRequested" | "Withdrawn"): EventFragment;

    encodeFunctionData(functionFragment: 'BURN_ADDRESS', values?: undefined): string;
encodeFunctionData(functionFragment: 'balanceOf', values: [AddressLike]): string;
encodeFunctionData(functionFragment: 'burn', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'cancelUnstake', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'completeUnstake', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'deposit', values: [AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'depositWithPermit', values: [AddressLike, BigNumberish, BigNumberish, BigNumberish, BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'escrow', values?: undefined): string;
encodeFunctionData(functionFragment: 'game', values?: undefined): string;
encodeFunctionData(functionFragment: 'give', values: [AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'hub', values?: undefined): string;
encodeFunctionData(functionFragment: 'lock', values: [AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'owed', values?: undefined): string;
encodeFunctionData(functionFragment: 'pay', values: [AddressLike, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'payoutOf', values: [AddressLike]): string;
encodeFunctionData(functionFragment: 'requestUnstake', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'setPayout', values: [AddressLike]): string;
encodeFunctionData(functionFragment: 'setSigner', values: [AddressLike]): string;
encodeFunctionData(functionFragment: 'signerOf', values: [AddressLike]): string;
encodeFunctionData(functionFragment: 'slash', values: [AddressLike, BigNumberish, BigNumberish, BigNumberish, AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'stake', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'stakeOf', values: [AddressLike]): string;
encodeFunctionData(functionFragment: 'sweepBurned', values?: undefined): string;
encodeFunctionData(functionFragment: 'take', values: [AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'ticketOf', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'token', values?: undefined): string;
encodeFunctionData(functionFragment: 'transferStake', values: [AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'unlock', values: [AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'unstakeDelay', values?: undefined): string;
encodeFunctionData(functionFragment: 'withdraw', values: [AddressLike, BigNumberish]): string;

    decodeFunctionResult(functionFragment: 'BURN_ADDRESS', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'balanceOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'burn', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'cancelUnstake', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'completeUnstake', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'deposit', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'depositWithPermit', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'escrow', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'game', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'give', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'hub', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'lock', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'owed', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'pay', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'payoutOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requestUnstake', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'setPayout', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'setSigner', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'signerOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'slash', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'stake', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'stakeOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'sweepBurned', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'take', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'ticketOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'token', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'transferStake', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'unlock', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'unstakeDelay', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'withdraw', data: BytesLike): Result;
  }


    export declare namespace DepositedEvent {
      export type InputTuple = [account: AddressLike, from: AddressLike, amount: BigNumberish];
      export type OutputTuple = [account: string, from: string, amount: bigint];
      export interface OutputObject {account: string, from: string, amount: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace PayoutSetEvent {
      export type InputTuple = [operator: AddressLike, payout: AddressLike];
      export type OutputTuple = [operator: string, payout: string];
      export interface OutputObject {operator: string, payout: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace SignerSetEvent {
      export type InputTuple = [operator: AddressLike, signer: AddressLike];
      export type OutputTuple = [operator: string, signer: string];
      export interface OutputObject {operator: string, signer: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace StakeTransferredEvent {
      export type InputTuple = [from: AddressLike, to: AddressLike, amount: BigNumberish];
      export type OutputTuple = [from: string, to: string, amount: bigint];
      export interface OutputObject {from: string, to: string, amount: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace StakedEvent {
      export type InputTuple = [operator: AddressLike, amount: BigNumberish];
      export type OutputTuple = [operator: string, amount: bigint];
      export interface OutputObject {operator: string, amount: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace UnstakeCancelledEvent {
      export type InputTuple = [ticketId: BigNumberish];
      export type OutputTuple = [ticketId: bigint];
      export interface OutputObject {ticketId: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace UnstakeCompletedEvent {
      export type InputTuple = [ticketId: BigNumberish];
      export type OutputTuple = [ticketId: bigint];
      export interface OutputObject {ticketId: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace UnstakeRequestedEvent {
      export type InputTuple = [ticketId: BigNumberish, operator: AddressLike, amount: BigNumberish, readyAt: BigNumberish];
      export type OutputTuple = [ticketId: bigint, operator: string, amount: bigint, readyAt: bigint];
      export interface OutputObject {ticketId: bigint, operator: string, amount: bigint, readyAt: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace WithdrawnEvent {
      export type InputTuple = [account: AddressLike, to: AddressLike, amount: BigNumberish];
      export type OutputTuple = [account: string, to: string, amount: bigint];
      export interface OutputObject {account: string, to: string, amount: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface StakeVault extends BaseContract {

    connect(runner?: ContractRunner | null): StakeVault;
    waitForDeployment(): Promise<this>;

    interface: StakeVaultInterface;


  queryFilter<TCEvent extends TypedContractEvent>(
    event: TCEvent,
    fromBlockOrBlockhash?: string | number | undefined,
    toBlock?: string | number | undefined,
  ): Promise<Array<TypedEventLog<TCEvent>>>
  queryFilter<TCEvent extends TypedContractEvent>(
    filter: TypedDeferredTopicFilter<TCEvent>,
    fromBlockOrBlockhash?: string | number | undefined,
    toBlock?: string | number | undefined
  ): Promise<Array<TypedEventLog<TCEvent>>>;

  on<TCEvent extends TypedContractEvent>(event: TCEvent, listener: TypedListener<TCEvent>): Promise<this>
  on<TCEvent extends TypedContractEvent>(filter: TypedDeferredTopicFilter<TCEvent>, listener: TypedListener<TCEvent>): Promise<this>

  once<TCEvent extends TypedContractEvent>(event: TCEvent, listener: TypedListener<TCEvent>): Promise<this>
  once<TCEvent extends TypedContractEvent>(filter: TypedDeferredTopicFilter<TCEvent>, listener: TypedListener<TCEvent>): Promise<this>

  listeners<TCEvent extends TypedContractEvent>(
    event: TCEvent
  ): Promise<Array<TypedListener<TCEvent>>>;
  listeners(eventName?: string): Promise<Array<Listener>>
  removeAllListeners<TCEvent extends TypedContractEvent>(event?: TCEvent): Promise<this>




    BURN_ADDRESS: TypedContractMethod<
      [],
      [string],
      'view'
    >



    balanceOf: TypedContractMethod<
      [account: AddressLike, ],
      [bigint],
      'view'
    >



    burn: TypedContractMethod<
      [amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    cancelUnstake: TypedContractMethod<
      [ticketId: BigNumberish, ],
      [void],
      'nonpayable'
    >



    completeUnstake: TypedContractMethod<
      [ticketId: BigNumberish, ],
      [void],
      'nonpayable'
    >



    deposit: TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    depositWithPermit: TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, deadline: BigNumberish, v: BigNumberish, r: BytesLike, s: BytesLike, ],
      [void],
      'nonpayable'
    >



    escrow: TypedContractMethod<
      [],
      [[bigint, bigint] & {held: bigint, burned: bigint }],
      'view'
    >



    game: TypedContractMethod<
      [],
      [string],
      'view'
    >



    give: TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    hub: TypedContractMethod<
      [],
      [string],
      'view'
    >



    lock: TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    owed: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    pay: TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, burned: BigNumberish, ],
      [void],
      'nonpayable'
    >



    payoutOf: TypedContractMethod<
      [operator: AddressLike, ],
      [string],
      'view'
    >



    requestUnstake: TypedContractMethod<
      [amount: BigNumberish, ],
      [bigint],
      'nonpayable'
    >



    setPayout: TypedContractMethod<
      [payout: AddressLike, ],
      [void],
      'nonpayable'
    >



    setSigner: TypedContractMethod<
      [signer: AddressLike, ],
      [void],
      'nonpayable'
    >



    signerOf: TypedContractMethod<
      [operator: AddressLike, ],
      [string],
      'view'
    >



    slash: TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, taken: BigNumberish, burned: BigNumberish, account: AddressLike, given: BigNumberish, ],
      [void],
      'nonpayable'
    >



    stake: TypedContractMethod<
      [amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    stakeOf: TypedContractMethod<
      [operator: AddressLike, ],
      [[bigint, bigint] & {amount: bigint, locked: bigint }],
      'view'
    >



    sweepBurned: TypedContractMethod<
      [],
      [bigint],
      'nonpayable'
    >



    take: TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    ticketOf: TypedContractMethod<
      [ticketId: BigNumberish, ],
      [[string, bigint, bigint] & {operator: string, amount: bigint, readyAt: bigint }],
      'view'
    >



    token: TypedContractMethod<
      [],
      [string],
      'view'
    >



    transferStake: TypedContractMethod<
      [to: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    unlock: TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    unstakeDelay: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    withdraw: TypedContractMethod<
      [to: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'BURN_ADDRESS'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'balanceOf'): TypedContractMethod<
      [account: AddressLike, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'burn'): TypedContractMethod<
      [amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'cancelUnstake'): TypedContractMethod<
      [ticketId: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'completeUnstake'): TypedContractMethod<
      [ticketId: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'deposit'): TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'depositWithPermit'): TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, deadline: BigNumberish, v: BigNumberish, r: BytesLike, s: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'escrow'): TypedContractMethod<
      [],
      [[bigint, bigint] & {held: bigint, burned: bigint }],
      'view'
    >;
getFunction(nameOrSignature: 'game'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'give'): TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'hub'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'lock'): TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'owed'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'pay'): TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, burned: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'payoutOf'): TypedContractMethod<
      [operator: AddressLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'requestUnstake'): TypedContractMethod<
      [amount: BigNumberish, ],
      [bigint],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'setPayout'): TypedContractMethod<
      [payout: AddressLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'setSigner'): TypedContractMethod<
      [signer: AddressLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'signerOf'): TypedContractMethod<
      [operator: AddressLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'slash'): TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, taken: BigNumberish, burned: BigNumberish, account: AddressLike, given: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'stake'): TypedContractMethod<
      [amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'stakeOf'): TypedContractMethod<
      [operator: AddressLike, ],
      [[bigint, bigint] & {amount: bigint, locked: bigint }],
      'view'
    >;
getFunction(nameOrSignature: 'sweepBurned'): TypedContractMethod<
      [],
      [bigint],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'take'): TypedContractMethod<
      [account: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'ticketOf'): TypedContractMethod<
      [ticketId: BigNumberish, ],
      [[string, bigint, bigint] & {operator: string, amount: bigint, readyAt: bigint }],
      'view'
    >;
getFunction(nameOrSignature: 'token'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'transferStake'): TypedContractMethod<
      [to: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'unlock'): TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'unstakeDelay'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'withdraw'): TypedContractMethod<
      [to: AddressLike, amount: BigNumberish, ],
      [void],
      'nonpayable'
    >;

    getEvent(key: 'Deposited'): TypedContractEvent<DepositedEvent.InputTuple, DepositedEvent.OutputTuple, DepositedEvent.OutputObject>;
getEvent(key: 'PayoutSet'): TypedContractEvent<PayoutSetEvent.InputTuple, PayoutSetEvent.OutputTuple, PayoutSetEvent.OutputObject>;
getEvent(key: 'SignerSet'): TypedContractEvent<SignerSetEvent.InputTuple, SignerSetEvent.OutputTuple, SignerSetEvent.OutputObject>;
getEvent(key: 'StakeTransferred'): TypedContractEvent<StakeTransferredEvent.InputTuple, StakeTransferredEvent.OutputTuple, StakeTransferredEvent.OutputObject>;
getEvent(key: 'Staked'): TypedContractEvent<StakedEvent.InputTuple, StakedEvent.OutputTuple, StakedEvent.OutputObject>;
getEvent(key: 'UnstakeCancelled'): TypedContractEvent<UnstakeCancelledEvent.InputTuple, UnstakeCancelledEvent.OutputTuple, UnstakeCancelledEvent.OutputObject>;
getEvent(key: 'UnstakeCompleted'): TypedContractEvent<UnstakeCompletedEvent.InputTuple, UnstakeCompletedEvent.OutputTuple, UnstakeCompletedEvent.OutputObject>;
getEvent(key: 'UnstakeRequested'): TypedContractEvent<UnstakeRequestedEvent.InputTuple, UnstakeRequestedEvent.OutputTuple, UnstakeRequestedEvent.OutputObject>;
getEvent(key: 'Withdrawn'): TypedContractEvent<WithdrawnEvent.InputTuple, WithdrawnEvent.OutputTuple, WithdrawnEvent.OutputObject>;

    filters: {

      'Deposited(address,address,uint256)': TypedContractEvent<DepositedEvent.InputTuple, DepositedEvent.OutputTuple, DepositedEvent.OutputObject>;
      Deposited: TypedContractEvent<DepositedEvent.InputTuple, DepositedEvent.OutputTuple, DepositedEvent.OutputObject>;


      'PayoutSet(address,address)': TypedContractEvent<PayoutSetEvent.InputTuple, PayoutSetEvent.OutputTuple, PayoutSetEvent.OutputObject>;
      PayoutSet: TypedContractEvent<PayoutSetEvent.InputTuple, PayoutSetEvent.OutputTuple, PayoutSetEvent.OutputObject>;


      'SignerSet(address,address)': TypedContractEvent<SignerSetEvent.InputTuple, SignerSetEvent.OutputTuple, SignerSetEvent.OutputObject>;
      SignerSet: TypedContractEvent<SignerSetEvent.InputTuple, SignerSetEvent.OutputTuple, SignerSetEvent.OutputObject>;


      'StakeTransferred(address,address,uint256)': TypedContractEvent<StakeTransferredEvent.InputTuple, StakeTransferredEvent.OutputTuple, StakeTransferredEvent.OutputObject>;
      StakeTransferred: TypedContractEvent<StakeTransferredEvent.InputTuple, StakeTransferredEvent.OutputTuple, StakeTransferredEvent.OutputObject>;


      'Staked(address,uint256)': TypedContractEvent<StakedEvent.InputTuple, StakedEvent.OutputTuple, StakedEvent.OutputObject>;
      Staked: TypedContractEvent<StakedEvent.InputTuple, StakedEvent.OutputTuple, StakedEvent.OutputObject>;


      'UnstakeCancelled(uint256)': TypedContractEvent<UnstakeCancelledEvent.InputTuple, UnstakeCancelledEvent.OutputTuple, UnstakeCancelledEvent.OutputObject>;
      UnstakeCancelled: TypedContractEvent<UnstakeCancelledEvent.InputTuple, UnstakeCancelledEvent.OutputTuple, UnstakeCancelledEvent.OutputObject>;


      'UnstakeCompleted(uint256)': TypedContractEvent<UnstakeCompletedEvent.InputTuple, UnstakeCompletedEvent.OutputTuple, UnstakeCompletedEvent.OutputObject>;
      UnstakeCompleted: TypedContractEvent<UnstakeCompletedEvent.InputTuple, UnstakeCompletedEvent.OutputTuple, UnstakeCompletedEvent.OutputObject>;


      'UnstakeRequested(uint256,address,uint256,uint40)': TypedContractEvent<UnstakeRequestedEvent.InputTuple, UnstakeRequestedEvent.OutputTuple, UnstakeRequestedEvent.OutputObject>;
      UnstakeRequested: TypedContractEvent<UnstakeRequestedEvent.InputTuple, UnstakeRequestedEvent.OutputTuple, UnstakeRequestedEvent.OutputObject>;


      'Withdrawn(address,address,uint256)': TypedContractEvent<WithdrawnEvent.InputTuple, WithdrawnEvent.OutputTuple, WithdrawnEvent.OutputObject>;
      Withdrawn: TypedContractEvent<WithdrawnEvent.InputTuple, WithdrawnEvent.OutputTuple, WithdrawnEvent.OutputObject>;

    };
  }
