// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"


  export interface GatedAgentInterface extends Interface {
    getFunction(nameOrSignature: "ALLOWED" | "execute" | "inputOf" | "propose" | "refund"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "ActionExecuted" | "ActionProposed" | "ActionRefused"): EventFragment;

    encodeFunctionData(functionFragment: 'ALLOWED', values?: undefined): string;
encodeFunctionData(functionFragment: 'execute', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'inputOf', values: [AddressLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'propose', values: [AddressLike, BytesLike, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'refund', values: [BytesLike]): string;

    decodeFunctionResult(functionFragment: 'ALLOWED', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'execute', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'inputOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'propose', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'refund', data: BytesLike): Result;
  }


    export declare namespace ActionExecutedEvent {
      export type InputTuple = [requestId: BytesLike, answer: BytesLike];
      export type OutputTuple = [requestId: string, answer: string];
      export interface OutputObject {requestId: string, answer: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ActionProposedEvent {
      export type InputTuple = [requestId: BytesLike, target: AddressLike, data: BytesLike];
      export type OutputTuple = [requestId: string, target: string, data: string];
      export interface OutputObject {requestId: string, target: string, data: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ActionRefusedEvent {
      export type InputTuple = [requestId: BytesLike, category: BigNumberish];
      export type OutputTuple = [requestId: string, category: bigint];
      export interface OutputObject {requestId: string, category: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface GatedAgent extends BaseContract {

    connect(runner?: ContractRunner | null): GatedAgent;
    waitForDeployment(): Promise<this>;

    interface: GatedAgentInterface;


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




    ALLOWED: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    execute: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [void],
      'nonpayable'
    >



    inputOf: TypedContractMethod<
      [target: AddressLike, data: BytesLike, ],
      [string],
      'view'
    >



    propose: TypedContractMethod<
      [target: AddressLike, data: BytesLike, fee: BigNumberish, deadline: BigNumberish, ],
      [string],
      'nonpayable'
    >



    refund: TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'ALLOWED'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'execute'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'inputOf'): TypedContractMethod<
      [target: AddressLike, data: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'propose'): TypedContractMethod<
      [target: AddressLike, data: BytesLike, fee: BigNumberish, deadline: BigNumberish, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'refund'): TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >;

    getEvent(key: 'ActionExecuted'): TypedContractEvent<ActionExecutedEvent.InputTuple, ActionExecutedEvent.OutputTuple, ActionExecutedEvent.OutputObject>;
getEvent(key: 'ActionProposed'): TypedContractEvent<ActionProposedEvent.InputTuple, ActionProposedEvent.OutputTuple, ActionProposedEvent.OutputObject>;
getEvent(key: 'ActionRefused'): TypedContractEvent<ActionRefusedEvent.InputTuple, ActionRefusedEvent.OutputTuple, ActionRefusedEvent.OutputObject>;

    filters: {

      'ActionExecuted(bytes32,bytes)': TypedContractEvent<ActionExecutedEvent.InputTuple, ActionExecutedEvent.OutputTuple, ActionExecutedEvent.OutputObject>;
      ActionExecuted: TypedContractEvent<ActionExecutedEvent.InputTuple, ActionExecutedEvent.OutputTuple, ActionExecutedEvent.OutputObject>;


      'ActionProposed(bytes32,address,bytes)': TypedContractEvent<ActionProposedEvent.InputTuple, ActionProposedEvent.OutputTuple, ActionProposedEvent.OutputObject>;
      ActionProposed: TypedContractEvent<ActionProposedEvent.InputTuple, ActionProposedEvent.OutputTuple, ActionProposedEvent.OutputObject>;


      'ActionRefused(bytes32,uint256)': TypedContractEvent<ActionRefusedEvent.InputTuple, ActionRefusedEvent.OutputTuple, ActionRefusedEvent.OutputObject>;
      ActionRefused: TypedContractEvent<ActionRefusedEvent.InputTuple, ActionRefusedEvent.OutputTuple, ActionRefusedEvent.OutputObject>;

    };
  }
