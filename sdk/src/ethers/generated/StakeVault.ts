// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"


  export interface StakeVaultInterface extends Interface {
    getFunction(nameOrSignature: "BURN_ADDRESS" | "balanceOf" | "burn" | "cancelUnstake" | "completeUnstake" | "deposit" | "depositWithPermit" | "escrow" | "game" | "give" | "hub" | "lock" | "requestUnstake" | "slash" | "stake" | "stakeOf" | "sweepBurned" | "take" | "ticketOf" | "token" | "unlock" | "unstakeDelay" | "withdraw"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "Deposited" | "Staked" | "UnstakeCancelled" | "UnstakeCompleted" | "UnstakeRequested" | "Withdrawn"): EventFragment;

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
encodeFunctionData(functionFragment: 'requestUnstake', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'slash', values: [AddressLike, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'stake', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'stakeOf', values: [AddressLike]): string;
encodeFunctionData(functionFragment: 'sweepBurned', values?: undefined): string;
encodeFunctionData(functionFragment: 'take', values: [AddressLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'ticketOf', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'token', values?: undefined): string;
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
decodeFunctionResult(functionFragment: 'requestUnstake', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'slash', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'stake', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'stakeOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'sweepBurned', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'take', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'ticketOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'token', data: BytesLike): Result;
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



    requestUnstake: TypedContractMethod<
      [amount: BigNumberish, ],
      [bigint],
      'nonpayable'
    >



    slash: TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, taken: BigNumberish, ],
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
getFunction(nameOrSignature: 'requestUnstake'): TypedContractMethod<
      [amount: BigNumberish, ],
      [bigint],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'slash'): TypedContractMethod<
      [operator: AddressLike, amount: BigNumberish, taken: BigNumberish, ],
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
getEvent(key: 'Staked'): TypedContractEvent<StakedEvent.InputTuple, StakedEvent.OutputTuple, StakedEvent.OutputObject>;
getEvent(key: 'UnstakeCancelled'): TypedContractEvent<UnstakeCancelledEvent.InputTuple, UnstakeCancelledEvent.OutputTuple, UnstakeCancelledEvent.OutputObject>;
getEvent(key: 'UnstakeCompleted'): TypedContractEvent<UnstakeCompletedEvent.InputTuple, UnstakeCompletedEvent.OutputTuple, UnstakeCompletedEvent.OutputObject>;
getEvent(key: 'UnstakeRequested'): TypedContractEvent<UnstakeRequestedEvent.InputTuple, UnstakeRequestedEvent.OutputTuple, UnstakeRequestedEvent.OutputObject>;
getEvent(key: 'Withdrawn'): TypedContractEvent<WithdrawnEvent.InputTuple, WithdrawnEvent.OutputTuple, WithdrawnEvent.OutputObject>;

    filters: {

      'Deposited(address,address,uint256)': TypedContractEvent<DepositedEvent.InputTuple, DepositedEvent.OutputTuple, DepositedEvent.OutputObject>;
      Deposited: TypedContractEvent<DepositedEvent.InputTuple, DepositedEvent.OutputTuple, DepositedEvent.OutputObject>;


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
