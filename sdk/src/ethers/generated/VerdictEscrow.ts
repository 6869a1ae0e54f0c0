// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"

export declare namespace VerdictEscrow {

    export type EscrowStruct = {buyer: AddressLike, amount: BigNumberish, seller: AddressLike, endsAt: BigNumberish, category: BigNumberish, pending: BytesLike}

    export type EscrowStructOutput = [buyer: string, amount: bigint, seller: string, endsAt: bigint, category: bigint, pending: string] & {buyer: string, amount: bigint, seller: string, endsAt: bigint, category: bigint, pending: string }

    }

  export interface VerdictEscrowInterface extends Interface {
    getFunction(nameOrSignature: "conclude" | "deliverWork" | "escrowOf" | "onInferenceResult" | "open" | "refund" | "withdrawRequest"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "EscrowOpened" | "EscrowReleased" | "VerdictReached" | "WorkDelivered"): EventFragment;

    encodeFunctionData(functionFragment: 'conclude', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'deliverWork', values: [BigNumberish, BytesLike, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'escrowOf', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'onInferenceResult', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'open', values: [AddressLike, BigNumberish, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'refund', values: [BigNumberish]): string;
encodeFunctionData(functionFragment: 'withdrawRequest', values: [BytesLike]): string;

    decodeFunctionResult(functionFragment: 'conclude', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'deliverWork', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'escrowOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'onInferenceResult', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'open', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'refund', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'withdrawRequest', data: BytesLike): Result;
  }


    export declare namespace EscrowOpenedEvent {
      export type InputTuple = [escrowId: BigNumberish, buyer: AddressLike, seller: AddressLike, amount: BigNumberish, category: BigNumberish, endsAt: BigNumberish];
      export type OutputTuple = [escrowId: bigint, buyer: string, seller: string, amount: bigint, category: bigint, endsAt: bigint];
      export interface OutputObject {escrowId: bigint, buyer: string, seller: string, amount: bigint, category: bigint, endsAt: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace EscrowReleasedEvent {
      export type InputTuple = [escrowId: BigNumberish, receiver: AddressLike, amount: BigNumberish];
      export type OutputTuple = [escrowId: bigint, receiver: string, amount: bigint];
      export interface OutputObject {escrowId: bigint, receiver: string, amount: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace VerdictReachedEvent {
      export type InputTuple = [escrowId: BigNumberish, requestId: BytesLike, category: BigNumberish];
      export type OutputTuple = [escrowId: bigint, requestId: string, category: bigint];
      export interface OutputObject {escrowId: bigint, requestId: string, category: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace WorkDeliveredEvent {
      export type InputTuple = [escrowId: BigNumberish, requestId: BytesLike];
      export type OutputTuple = [escrowId: bigint, requestId: string];
      export interface OutputObject {escrowId: bigint, requestId: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface VerdictEscrow extends BaseContract {

    connect(runner?: ContractRunner | null): VerdictEscrow;
    waitForDeployment(): Promise<this>;

    interface: VerdictEscrowInterface;


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




    conclude: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [void],
      'nonpayable'
    >



    deliverWork: TypedContractMethod<
      [escrowId: BigNumberish, work: BytesLike, fee: BigNumberish, deadline: BigNumberish, ],
      [string],
      'nonpayable'
    >



    escrowOf: TypedContractMethod<
      [escrowId: BigNumberish, ],
      [VerdictEscrow.EscrowStructOutput],
      'view'
    >



    onInferenceResult: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [void],
      'nonpayable'
    >



    open: TypedContractMethod<
      [seller: AddressLike, amount: BigNumberish, category: BigNumberish, endsAt: BigNumberish, ],
      [bigint],
      'nonpayable'
    >



    refund: TypedContractMethod<
      [escrowId: BigNumberish, ],
      [void],
      'nonpayable'
    >



    withdrawRequest: TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'conclude'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'deliverWork'): TypedContractMethod<
      [escrowId: BigNumberish, work: BytesLike, fee: BigNumberish, deadline: BigNumberish, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'escrowOf'): TypedContractMethod<
      [escrowId: BigNumberish, ],
      [VerdictEscrow.EscrowStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'onInferenceResult'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'open'): TypedContractMethod<
      [seller: AddressLike, amount: BigNumberish, category: BigNumberish, endsAt: BigNumberish, ],
      [bigint],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'refund'): TypedContractMethod<
      [escrowId: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'withdrawRequest'): TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >;

    getEvent(key: 'EscrowOpened'): TypedContractEvent<EscrowOpenedEvent.InputTuple, EscrowOpenedEvent.OutputTuple, EscrowOpenedEvent.OutputObject>;
getEvent(key: 'EscrowReleased'): TypedContractEvent<EscrowReleasedEvent.InputTuple, EscrowReleasedEvent.OutputTuple, EscrowReleasedEvent.OutputObject>;
getEvent(key: 'VerdictReached'): TypedContractEvent<VerdictReachedEvent.InputTuple, VerdictReachedEvent.OutputTuple, VerdictReachedEvent.OutputObject>;
getEvent(key: 'WorkDelivered'): TypedContractEvent<WorkDeliveredEvent.InputTuple, WorkDeliveredEvent.OutputTuple, WorkDeliveredEvent.OutputObject>;

    filters: {

      'EscrowOpened(uint256,address,address,uint256,uint256,uint40)': TypedContractEvent<EscrowOpenedEvent.InputTuple, EscrowOpenedEvent.OutputTuple, EscrowOpenedEvent.OutputObject>;
      EscrowOpened: TypedContractEvent<EscrowOpenedEvent.InputTuple, EscrowOpenedEvent.OutputTuple, EscrowOpenedEvent.OutputObject>;


      'EscrowReleased(uint256,address,uint256)': TypedContractEvent<EscrowReleasedEvent.InputTuple, EscrowReleasedEvent.OutputTuple, EscrowReleasedEvent.OutputObject>;
      EscrowReleased: TypedContractEvent<EscrowReleasedEvent.InputTuple, EscrowReleasedEvent.OutputTuple, EscrowReleasedEvent.OutputObject>;


      'VerdictReached(uint256,bytes32,uint256)': TypedContractEvent<VerdictReachedEvent.InputTuple, VerdictReachedEvent.OutputTuple, VerdictReachedEvent.OutputObject>;
      VerdictReached: TypedContractEvent<VerdictReachedEvent.InputTuple, VerdictReachedEvent.OutputTuple, VerdictReachedEvent.OutputObject>;


      'WorkDelivered(uint256,bytes32)': TypedContractEvent<WorkDeliveredEvent.InputTuple, WorkDeliveredEvent.OutputTuple, WorkDeliveredEvent.OutputObject>;
      WorkDelivered: TypedContractEvent<WorkDeliveredEvent.InputTuple, WorkDeliveredEvent.OutputTuple, WorkDeliveredEvent.OutputObject>;

    };
  }
