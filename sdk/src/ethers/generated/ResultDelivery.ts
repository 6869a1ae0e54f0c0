// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"

export declare namespace IResultDelivery {

    export type DeliveryStruct = {receiver: AddressLike, gasLimit: BigNumberish, attempts: BigNumberish, status: BigNumberish}

    export type DeliveryStructOutput = [receiver: string, gasLimit: bigint, attempts: bigint, status: bigint] & {receiver: string, gasLimit: bigint, attempts: bigint, status: bigint }

    }

  export interface ResultDeliveryInterface extends Interface {
    getFunction(nameOrSignature: "deliver" | "deliveryOf" | "hub" | "maxGasLimit" | "subscribe"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "DeliveryFailed" | "DeliverySubscribed" | "ResultDelivered"): EventFragment;

    encodeFunctionData(functionFragment: 'deliver', values: [BytesLike, BytesLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'deliveryOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'hub', values?: undefined): string;
encodeFunctionData(functionFragment: 'maxGasLimit', values?: undefined): string;
encodeFunctionData(functionFragment: 'subscribe', values: [BytesLike, AddressLike, BigNumberish]): string;

    decodeFunctionResult(functionFragment: 'deliver', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'deliveryOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'hub', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'maxGasLimit', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'subscribe', data: BytesLike): Result;
  }


    export declare namespace DeliveryFailedEvent {
      export type InputTuple = [requestId: BytesLike, receiver: AddressLike, gasLimit: BigNumberish, reason: BytesLike];
      export type OutputTuple = [requestId: string, receiver: string, gasLimit: bigint, reason: string];
      export interface OutputObject {requestId: string, receiver: string, gasLimit: bigint, reason: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace DeliverySubscribedEvent {
      export type InputTuple = [requestId: BytesLike, receiver: AddressLike, gasLimit: BigNumberish];
      export type OutputTuple = [requestId: string, receiver: string, gasLimit: bigint];
      export interface OutputObject {requestId: string, receiver: string, gasLimit: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ResultDeliveredEvent {
      export type InputTuple = [requestId: BytesLike, receiver: AddressLike, deliverer: AddressLike];
      export type OutputTuple = [requestId: string, receiver: string, deliverer: string];
      export interface OutputObject {requestId: string, receiver: string, deliverer: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface ResultDelivery extends BaseContract {

    connect(runner?: ContractRunner | null): ResultDelivery;
    waitForDeployment(): Promise<this>;

    interface: ResultDeliveryInterface;


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




    deliver: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, gasLimit: BigNumberish, ],
      [boolean],
      'nonpayable'
    >



    deliveryOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [IResultDelivery.DeliveryStructOutput],
      'view'
    >



    hub: TypedContractMethod<
      [],
      [string],
      'view'
    >



    maxGasLimit: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    subscribe: TypedContractMethod<
      [requestId: BytesLike, receiver: AddressLike, gasLimit: BigNumberish, ],
      [void],
      'nonpayable'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'deliver'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, gasLimit: BigNumberish, ],
      [boolean],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'deliveryOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [IResultDelivery.DeliveryStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'hub'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'maxGasLimit'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'subscribe'): TypedContractMethod<
      [requestId: BytesLike, receiver: AddressLike, gasLimit: BigNumberish, ],
      [void],
      'nonpayable'
    >;

    getEvent(key: 'DeliveryFailed'): TypedContractEvent<DeliveryFailedEvent.InputTuple, DeliveryFailedEvent.OutputTuple, DeliveryFailedEvent.OutputObject>;
getEvent(key: 'DeliverySubscribed'): TypedContractEvent<DeliverySubscribedEvent.InputTuple, DeliverySubscribedEvent.OutputTuple, DeliverySubscribedEvent.OutputObject>;
getEvent(key: 'ResultDelivered'): TypedContractEvent<ResultDeliveredEvent.InputTuple, ResultDeliveredEvent.OutputTuple, ResultDeliveredEvent.OutputObject>;

    filters: {

      'DeliveryFailed(bytes32,address,uint256,bytes)': TypedContractEvent<DeliveryFailedEvent.InputTuple, DeliveryFailedEvent.OutputTuple, DeliveryFailedEvent.OutputObject>;
      DeliveryFailed: TypedContractEvent<DeliveryFailedEvent.InputTuple, DeliveryFailedEvent.OutputTuple, DeliveryFailedEvent.OutputObject>;


      'DeliverySubscribed(bytes32,address,uint32)': TypedContractEvent<DeliverySubscribedEvent.InputTuple, DeliverySubscribedEvent.OutputTuple, DeliverySubscribedEvent.OutputObject>;
      DeliverySubscribed: TypedContractEvent<DeliverySubscribedEvent.InputTuple, DeliverySubscribedEvent.OutputTuple, DeliverySubscribedEvent.OutputObject>;


      'ResultDelivered(bytes32,address,address)': TypedContractEvent<ResultDeliveredEvent.InputTuple, ResultDeliveredEvent.OutputTuple, ResultDeliveredEvent.OutputObject>;
      ResultDelivered: TypedContractEvent<ResultDeliveredEvent.InputTuple, ResultDeliveredEvent.OutputTuple, ResultDeliveredEvent.OutputObject>;

    };
  }
