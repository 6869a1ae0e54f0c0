// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"


  export interface DigitReaderInterface extends Interface {
    getFunction(nameOrSignature: "ask" | "digitOf" | "highestScore" | "read" | "refund"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "DigitAsked" | "DigitRead"): EventFragment;

    encodeFunctionData(functionFragment: 'ask', values: [BytesLike, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'digitOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'highestScore', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'read', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'refund', values: [BytesLike]): string;

    decodeFunctionResult(functionFragment: 'ask', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'digitOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'highestScore', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'read', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'refund', data: BytesLike): Result;
  }


    export declare namespace DigitAskedEvent {
      export type InputTuple = [requestId: BytesLike, asker: AddressLike];
      export type OutputTuple = [requestId: string, asker: string];
      export interface OutputObject {requestId: string, asker: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace DigitReadEvent {
      export type InputTuple = [requestId: BytesLike, digit: BigNumberish];
      export type OutputTuple = [requestId: string, digit: bigint];
      export interface OutputObject {requestId: string, digit: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface DigitReader extends BaseContract {

    connect(runner?: ContractRunner | null): DigitReader;
    waitForDeployment(): Promise<this>;

    interface: DigitReaderInterface;


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




    ask: TypedContractMethod<
      [picture: BytesLike, fee: BigNumberish, deadline: BigNumberish, ],
      [string],
      'nonpayable'
    >



    digitOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [bigint],
      'view'
    >



    highestScore: TypedContractMethod<
      [output: BytesLike, ],
      [bigint],
      'view'
    >



    read: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [bigint],
      'nonpayable'
    >



    refund: TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'ask'): TypedContractMethod<
      [picture: BytesLike, fee: BigNumberish, deadline: BigNumberish, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'digitOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'highestScore'): TypedContractMethod<
      [output: BytesLike, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'read'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [bigint],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'refund'): TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >;

    getEvent(key: 'DigitAsked'): TypedContractEvent<DigitAskedEvent.InputTuple, DigitAskedEvent.OutputTuple, DigitAskedEvent.OutputObject>;
getEvent(key: 'DigitRead'): TypedContractEvent<DigitReadEvent.InputTuple, DigitReadEvent.OutputTuple, DigitReadEvent.OutputObject>;

    filters: {

      'DigitAsked(bytes32,address)': TypedContractEvent<DigitAskedEvent.InputTuple, DigitAskedEvent.OutputTuple, DigitAskedEvent.OutputObject>;
      DigitAsked: TypedContractEvent<DigitAskedEvent.InputTuple, DigitAskedEvent.OutputTuple, DigitAskedEvent.OutputObject>;


      'DigitRead(bytes32,uint8)': TypedContractEvent<DigitReadEvent.InputTuple, DigitReadEvent.OutputTuple, DigitReadEvent.OutputObject>;
      DigitRead: TypedContractEvent<DigitReadEvent.InputTuple, DigitReadEvent.OutputTuple, DigitReadEvent.OutputObject>;

    };
  }
