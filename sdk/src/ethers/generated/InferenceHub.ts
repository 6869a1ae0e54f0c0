// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"

    export type PublishedResultStruct = {requestId: BytesLike, inputRoot: BytesLike, outputRoot: BytesLike}

    export type PublishedResultStructOutput = [requestId: string, inputRoot: string, outputRoot: string] & {requestId: string, inputRoot: string, outputRoot: string }


    export type RequestParametersStruct = {modelId: BytesLike, profileId: BytesLike, fee: BigNumberish, deadline: BigNumberish, operator: AddressLike, minStake: BigNumberish, salt: BigNumberish}

    export type RequestParametersStructOutput = [modelId: string, profileId: string, fee: bigint, deadline: bigint, operator: string, minStake: bigint, salt: bigint] & {modelId: string, profileId: string, fee: bigint, deadline: bigint, operator: string, minStake: bigint, salt: bigint }


    export type BatchStruct = {operator: AddressLike, profileId: BytesLike, root: BytesLike, count: BigNumberish, published: boolean}

    export type BatchStructOutput = [operator: string, profileId: string, root: string, count: bigint, published: boolean] & {operator: string, profileId: string, root: string, count: bigint, published: boolean }


    export type ModelRecordStruct = {machineVersion: BigNumberish, programRoot: BytesLike, constantsRoot: BytesLike, inputDepth: BigNumberish, constantsDepth: BigNumberish, stepDepth: BigNumberish, wordDepth: BigNumberish, stepCount: BigNumberish, inputBytes: BigNumberish, outputBytes: BigNumberish}

    export type ModelRecordStructOutput = [machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint] & {machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint }


    export type BatchResultStruct = {requestId: BytesLike, modelId: BytesLike, inputRoot: BytesLike, outputRoot: BytesLike, traceRoot: BytesLike}

    export type BatchResultStructOutput = [requestId: string, modelId: string, inputRoot: string, outputRoot: string, traceRoot: string] & {requestId: string, modelId: string, inputRoot: string, outputRoot: string, traceRoot: string }


    export type BatchInclusionStruct = {batch: BatchStruct, result: BatchResultStruct, index: BigNumberish, proof: BytesLike[]}

    export type BatchInclusionStructOutput = [batch: BatchStructOutput, result: BatchResultStructOutput, index: bigint, proof: string[]] & {batch: BatchStructOutput, result: BatchResultStructOutput, index: bigint, proof: string[] }


    export type ProfileStruct = {windowSeconds: BigNumberish, clockSeconds: BigNumberish, censorshipSeconds: BigNumberish, inclusionSeconds: BigNumberish, traceSeconds: BigNumberish, lockBurnBps: BigNumberish, requesterBps: BigNumberish, bondBurnBps: BigNumberish, maxBatchResults: BigNumberish, lock: BigNumberish, bond: BigNumberish, maxDemandBytes: BigNumberish, missedDeadlinePenalty: BigNumberish, voidPenalty: BigNumberish, answerRefund: BigNumberish, stepRefund: BigNumberish}

    export type ProfileStructOutput = [windowSeconds: bigint, clockSeconds: bigint, censorshipSeconds: bigint, inclusionSeconds: bigint, traceSeconds: bigint, lockBurnBps: bigint, requesterBps: bigint, bondBurnBps: bigint, maxBatchResults: bigint, lock: bigint, bond: bigint, maxDemandBytes: bigint, missedDeadlinePenalty: bigint, voidPenalty: bigint, answerRefund: bigint, stepRefund: bigint] & {windowSeconds: bigint, clockSeconds: bigint, censorshipSeconds: bigint, inclusionSeconds: bigint, traceSeconds: bigint, lockBurnBps: bigint, requesterBps: bigint, bondBurnBps: bigint, maxBatchResults: bigint, lock: bigint, bond: bigint, maxDemandBytes: bigint, missedDeadlinePenalty: bigint, voidPenalty: bigint, answerRefund: bigint, stepRefund: bigint }


    export type RequestStruct = {requester: AddressLike, status: BigNumberish, inputPublished: boolean, outputPublished: boolean, tainted: boolean, deadline: BigNumberish, operator: AddressLike, committedAt: BigNumberish, windowEndsAt: BigNumberish, openGames: BigNumberish, modelId: BytesLike, profileId: BytesLike, inputRoot: BytesLike, fee: BigNumberish, lock: BigNumberish, outputRoot: BytesLike, traceRoot: BytesLike, batchId: BytesLike}

    export type RequestStructOutput = [requester: string, status: bigint, inputPublished: boolean, outputPublished: boolean, tainted: boolean, deadline: bigint, operator: string, committedAt: bigint, windowEndsAt: bigint, openGames: bigint, modelId: string, profileId: string, inputRoot: string, fee: bigint, lock: bigint, outputRoot: string, traceRoot: string, batchId: string] & {requester: string, status: bigint, inputPublished: boolean, outputPublished: boolean, tainted: boolean, deadline: bigint, operator: string, committedAt: bigint, windowEndsAt: bigint, openGames: bigint, modelId: string, profileId: string, inputRoot: string, fee: bigint, lock: bigint, outputRoot: string, traceRoot: string, batchId: string }


export declare namespace IInferenceCourt {

    export type ClaimStruct = {operator: AddressLike, outputRoot: BytesLike, traceRoot: BytesLike, stepDepth: BigNumberish, wordDepth: BigNumberish, stepCount: BigNumberish}

    export type ClaimStructOutput = [operator: string, outputRoot: string, traceRoot: string, stepDepth: bigint, wordDepth: bigint, stepCount: bigint] & {operator: string, outputRoot: string, traceRoot: string, stepDepth: bigint, wordDepth: bigint, stepCount: bigint }


    export type DossierStruct = {operator: AddressLike, inputRoot: BytesLike, outputRoot: BytesLike, traceRoot: BytesLike, record: ModelRecordStruct}

    export type DossierStructOutput = [operator: string, inputRoot: string, outputRoot: string, traceRoot: string, record: ModelRecordStructOutput] & {operator: string, inputRoot: string, outputRoot: string, traceRoot: string, record: ModelRecordStructOutput }

    }

  export interface InferenceHubInterface extends Interface {
    getFunction(nameOrSignature: "accept" | "acceptFor" | "batchFinalAt" | "batchIdOf" | "batchStatusOf" | "claimOf" | "closeGame" | "commit" | "commitBatch" | "commitByRoot" | "commitmentOf" | "dossierOf" | "expire" | "finalAt" | "finalOutputRoot" | "game" | "isFinal" | "isResult" | "linkResult" | "openDemand" | "openGame" | "operatorOf" | "postTrace" | "profileOf" | "profiles" | "publishBatch" | "publishInput" | "registry" | "reopen" | "request" | "requestByRoot" | "requestIdOf" | "requestOf" | "requireIncluded" | "resultIdOf" | "securityOf" | "settle" | "settleBatch" | "showResult" | "statusOf" | "traceRootOf" | "vault"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "BatchCommitted" | "BatchEnded" | "BatchPublished" | "InferenceRequested" | "InputPublished" | "OutputLocated" | "RequestAccepted" | "RequestEnded" | "RequestReopened" | "ResultCommitted" | "ResultLinked" | "ResultShown" | "TracePosted"): EventFragment;

    encodeFunctionData(functionFragment: 'accept', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'acceptFor', values: [BytesLike, AddressLike]): string;
encodeFunctionData(functionFragment: 'batchFinalAt', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'batchIdOf', values: [BatchStruct]): string;
encodeFunctionData(functionFragment: 'batchStatusOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'claimOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'closeGame', values: [BytesLike, AddressLike, BigNumberish, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'commit', values: [BytesLike, BytesLike, BytesLike, BytesLike[]]): string;
encodeFunctionData(functionFragment: 'commitBatch', values: [AddressLike, BytesLike, BytesLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'commitByRoot', values: [BytesLike, BytesLike, string, BytesLike, BytesLike[]]): string;
encodeFunctionData(functionFragment: 'commitmentOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'dossierOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'expire', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'finalAt', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'finalOutputRoot', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'game', values?: undefined): string;
encodeFunctionData(functionFragment: 'isFinal', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'isResult', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'linkResult', values: [BatchInclusionStruct]): string;
encodeFunctionData(functionFragment: 'openDemand', values: [BytesLike, AddressLike]): string;
encodeFunctionData(functionFragment: 'openGame', values: [BytesLike, AddressLike]): string;
encodeFunctionData(functionFragment: 'operatorOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'postTrace', values: [BytesLike, BytesLike, BytesLike[]]): string;
encodeFunctionData(functionFragment: 'profileOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'profiles', values?: undefined): string;
encodeFunctionData(functionFragment: 'publishBatch', values: [AddressLike, BytesLike, BytesLike, PublishedResultStruct[]]): string;
encodeFunctionData(functionFragment: 'publishInput', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'registry', values?: undefined): string;
encodeFunctionData(functionFragment: 'reopen', values: [BytesLike, RequestParametersStruct, BigNumberish]): string;
encodeFunctionData(functionFragment: 'request', values: [RequestParametersStruct, BytesLike]): string;
encodeFunctionData(functionFragment: 'requestByRoot', values: [RequestParametersStruct, BytesLike, string]): string;
encodeFunctionData(functionFragment: 'requestIdOf', values: [AddressLike, RequestParametersStruct, BytesLike, boolean]): string;
encodeFunctionData(functionFragment: 'requestOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'requireIncluded', values: [BatchInclusionStruct]): string;
encodeFunctionData(functionFragment: 'resultIdOf', values: [BytesLike, BigNumberish]): string;
encodeFunctionData(functionFragment: 'securityOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'settle', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'settleBatch', values: [BatchStruct]): string;
encodeFunctionData(functionFragment: 'showResult', values: [BatchInclusionStruct]): string;
encodeFunctionData(functionFragment: 'statusOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'traceRootOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'vault', values?: undefined): string;

    decodeFunctionResult(functionFragment: 'accept', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'acceptFor', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'batchFinalAt', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'batchIdOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'batchStatusOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'claimOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'closeGame', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'commit', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'commitBatch', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'commitByRoot', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'commitmentOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'dossierOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'expire', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'finalAt', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'finalOutputRoot', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'game', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'isFinal', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'isResult', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'linkResult', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'openDemand', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'openGame', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'operatorOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'postTrace', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'profileOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'profiles', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'publishBatch', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'publishInput', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'registry', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'reopen', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'request', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requestByRoot', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requestIdOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requestOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requireIncluded', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'resultIdOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'securityOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'settle', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'settleBatch', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'showResult', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'statusOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'traceRootOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'vault', data: BytesLike): Result;
  }


    export declare namespace BatchCommittedEvent {
      export type InputTuple = [batchId: BytesLike, operator: AddressLike, profileId: BytesLike, root: BytesLike, count: BigNumberish, published: boolean];
      export type OutputTuple = [batchId: string, operator: string, profileId: string, root: string, count: bigint, published: boolean];
      export interface OutputObject {batchId: string, operator: string, profileId: string, root: string, count: bigint, published: boolean }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace BatchEndedEvent {
      export type InputTuple = [batchId: BytesLike, status: BigNumberish];
      export type OutputTuple = [batchId: string, status: bigint];
      export interface OutputObject {batchId: string, status: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace BatchPublishedEvent {
      export type InputTuple = [batchId: BytesLike, modelId: BytesLike, results: PublishedResultStruct[]];
      export type OutputTuple = [batchId: string, modelId: string, results: PublishedResultStructOutput[]];
      export interface OutputObject {batchId: string, modelId: string, results: PublishedResultStructOutput[] }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace InferenceRequestedEvent {
      export type InputTuple = [requestId: BytesLike, requester: AddressLike, parameters: RequestParametersStruct, inputRoot: BytesLike, input: BytesLike, inputUri: string];
      export type OutputTuple = [requestId: string, requester: string, parameters: RequestParametersStructOutput, inputRoot: string, input: string, inputUri: string];
      export interface OutputObject {requestId: string, requester: string, parameters: RequestParametersStructOutput, inputRoot: string, input: string, inputUri: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace InputPublishedEvent {
      export type InputTuple = [requestId: BytesLike, input: BytesLike, windowEndsAt: BigNumberish];
      export type OutputTuple = [requestId: string, input: string, windowEndsAt: bigint];
      export interface OutputObject {requestId: string, input: string, windowEndsAt: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace OutputLocatedEvent {
      export type InputTuple = [requestId: BytesLike, outputUri: string];
      export type OutputTuple = [requestId: string, outputUri: string];
      export interface OutputObject {requestId: string, outputUri: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace RequestAcceptedEvent {
      export type InputTuple = [requestId: BytesLike, operator: AddressLike, lock: BigNumberish];
      export type OutputTuple = [requestId: string, operator: string, lock: bigint];
      export interface OutputObject {requestId: string, operator: string, lock: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace RequestEndedEvent {
      export type InputTuple = [requestId: BytesLike, status: BigNumberish];
      export type OutputTuple = [requestId: string, status: bigint];
      export interface OutputObject {requestId: string, status: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace RequestReopenedEvent {
      export type InputTuple = [requestId: BytesLike, deadline: BigNumberish, penalty: BigNumberish];
      export type OutputTuple = [requestId: string, deadline: bigint, penalty: bigint];
      export interface OutputObject {requestId: string, deadline: bigint, penalty: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ResultCommittedEvent {
      export type InputTuple = [requestId: BytesLike, operator: AddressLike, outputRoot: BytesLike, traceRoot: BytesLike, output: BytesLike, windowEndsAt: BigNumberish];
      export type OutputTuple = [requestId: string, operator: string, outputRoot: string, traceRoot: string, output: string, windowEndsAt: bigint];
      export interface OutputObject {requestId: string, operator: string, outputRoot: string, traceRoot: string, output: string, windowEndsAt: bigint }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ResultLinkedEvent {
      export type InputTuple = [requestId: BytesLike, batchId: BytesLike, index: BigNumberish, outputRoot: BytesLike];
      export type OutputTuple = [requestId: string, batchId: string, index: bigint, outputRoot: string];
      export interface OutputObject {requestId: string, batchId: string, index: bigint, outputRoot: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ResultShownEvent {
      export type InputTuple = [resultId: BytesLike, batchId: BytesLike, requestId: BytesLike, index: BigNumberish, modelId: BytesLike, inputRoot: BytesLike, outputRoot: BytesLike, traceRoot: BytesLike];
      export type OutputTuple = [resultId: string, batchId: string, requestId: string, index: bigint, modelId: string, inputRoot: string, outputRoot: string, traceRoot: string];
      export interface OutputObject {resultId: string, batchId: string, requestId: string, index: bigint, modelId: string, inputRoot: string, outputRoot: string, traceRoot: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace TracePostedEvent {
      export type InputTuple = [requestId: BytesLike, traceRoot: BytesLike];
      export type OutputTuple = [requestId: string, traceRoot: string];
      export interface OutputObject {requestId: string, traceRoot: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface InferenceHub extends BaseContract {

    connect(runner?: ContractRunner | null): InferenceHub;
    waitForDeployment(): Promise<this>;

    interface: InferenceHubInterface;


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




    accept: TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >



    acceptFor: TypedContractMethod<
      [requestId: BytesLike, operator: AddressLike, ],
      [void],
      'nonpayable'
    >



    batchFinalAt: TypedContractMethod<
      [batchId: BytesLike, ],
      [bigint],
      'view'
    >



    batchIdOf: TypedContractMethod<
      [batch: BatchStruct, ],
      [string],
      'view'
    >



    batchStatusOf: TypedContractMethod<
      [batchId: BytesLike, ],
      [bigint],
      'view'
    >



    claimOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [IInferenceCourt.ClaimStructOutput],
      'view'
    >



    closeGame: TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, outcome: BigNumberish, defendedAnswers: BigNumberish, defendedSteps: BigNumberish, ],
      [[string, bigint, bigint, bigint] & {commitmentId: string, status: bigint, openGames: bigint, pool: bigint }],
      'nonpayable'
    >



    commit: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
    >



    commitBatch: TypedContractMethod<
      [operator: AddressLike, profileId: BytesLike, root: BytesLike, count: BigNumberish, ],
      [string],
      'nonpayable'
    >



    commitByRoot: TypedContractMethod<
      [requestId: BytesLike, outputRoot: BytesLike, outputUri: string, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
    >



    commitmentOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >



    dossierOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [IInferenceCourt.DossierStructOutput],
      'view'
    >



    expire: TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >



    finalAt: TypedContractMethod<
      [requestId: BytesLike, ],
      [bigint],
      'view'
    >



    finalOutputRoot: TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >



    game: TypedContractMethod<
      [],
      [string],
      'view'
    >



    isFinal: TypedContractMethod<
      [requestId: BytesLike, ],
      [boolean],
      'view'
    >



    isResult: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [boolean],
      'view'
    >



    linkResult: TypedContractMethod<
      [inclusion: BatchInclusionStruct, ],
      [void],
      'nonpayable'
    >



    openDemand: TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, ],
      [[bigint, bigint] & {sequence: bigint, clockSeconds: bigint }],
      'nonpayable'
    >



    openGame: TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, ],
      [[bigint, bigint] & {sequence: bigint, clockSeconds: bigint }],
      'nonpayable'
    >



    operatorOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >



    postTrace: TypedContractMethod<
      [requestId: BytesLike, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
    >



    profileOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [ProfileStructOutput],
      'view'
    >



    profiles: TypedContractMethod<
      [],
      [string],
      'view'
    >



    publishBatch: TypedContractMethod<
      [operator: AddressLike, profileId: BytesLike, modelId: BytesLike, results: PublishedResultStruct[], ],
      [string],
      'nonpayable'
    >



    publishInput: TypedContractMethod<
      [requestId: BytesLike, input: BytesLike, ],
      [void],
      'nonpayable'
    >



    registry: TypedContractMethod<
      [],
      [string],
      'view'
    >



    reopen: TypedContractMethod<
      [requestId: BytesLike, parameters: RequestParametersStruct, deadline: BigNumberish, ],
      [void],
      'nonpayable'
    >



    request: TypedContractMethod<
      [parameters: RequestParametersStruct, input: BytesLike, ],
      [string],
      'nonpayable'
    >



    requestByRoot: TypedContractMethod<
      [parameters: RequestParametersStruct, inputRoot: BytesLike, inputUri: string, ],
      [string],
      'nonpayable'
    >



    requestIdOf: TypedContractMethod<
      [requester: AddressLike, parameters: RequestParametersStruct, inputRoot: BytesLike, inputPublished: boolean, ],
      [string],
      'view'
    >



    requestOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [RequestStructOutput],
      'view'
    >



    requireIncluded: TypedContractMethod<
      [inclusion: BatchInclusionStruct, ],
      [string],
      'view'
    >



    resultIdOf: TypedContractMethod<
      [batchId: BytesLike, index: BigNumberish, ],
      [string],
      'view'
    >



    securityOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [[bigint, bigint] & {lock: bigint, sharedBy: bigint }],
      'view'
    >



    settle: TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >



    settleBatch: TypedContractMethod<
      [batch: BatchStruct, ],
      [void],
      'nonpayable'
    >



    showResult: TypedContractMethod<
      [inclusion: BatchInclusionStruct, ],
      [string],
      'nonpayable'
    >



    statusOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [bigint],
      'view'
    >



    traceRootOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >



    vault: TypedContractMethod<
      [],
      [string],
      'view'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'accept'): TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'acceptFor'): TypedContractMethod<
      [requestId: BytesLike, operator: AddressLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'batchFinalAt'): TypedContractMethod<
      [batchId: BytesLike, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'batchIdOf'): TypedContractMethod<
      [batch: BatchStruct, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'batchStatusOf'): TypedContractMethod<
      [batchId: BytesLike, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'claimOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [IInferenceCourt.ClaimStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'closeGame'): TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, outcome: BigNumberish, defendedAnswers: BigNumberish, defendedSteps: BigNumberish, ],
      [[string, bigint, bigint, bigint] & {commitmentId: string, status: bigint, openGames: bigint, pool: bigint }],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'commit'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'commitBatch'): TypedContractMethod<
      [operator: AddressLike, profileId: BytesLike, root: BytesLike, count: BigNumberish, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'commitByRoot'): TypedContractMethod<
      [requestId: BytesLike, outputRoot: BytesLike, outputUri: string, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'commitmentOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'dossierOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [IInferenceCourt.DossierStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'expire'): TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'finalAt'): TypedContractMethod<
      [requestId: BytesLike, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'finalOutputRoot'): TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'game'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'isFinal'): TypedContractMethod<
      [requestId: BytesLike, ],
      [boolean],
      'view'
    >;
getFunction(nameOrSignature: 'isResult'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, ],
      [boolean],
      'view'
    >;
getFunction(nameOrSignature: 'linkResult'): TypedContractMethod<
      [inclusion: BatchInclusionStruct, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'openDemand'): TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, ],
      [[bigint, bigint] & {sequence: bigint, clockSeconds: bigint }],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'openGame'): TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, ],
      [[bigint, bigint] & {sequence: bigint, clockSeconds: bigint }],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'operatorOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'postTrace'): TypedContractMethod<
      [requestId: BytesLike, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'profileOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [ProfileStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'profiles'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'publishBatch'): TypedContractMethod<
      [operator: AddressLike, profileId: BytesLike, modelId: BytesLike, results: PublishedResultStruct[], ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'publishInput'): TypedContractMethod<
      [requestId: BytesLike, input: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'registry'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'reopen'): TypedContractMethod<
      [requestId: BytesLike, parameters: RequestParametersStruct, deadline: BigNumberish, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'request'): TypedContractMethod<
      [parameters: RequestParametersStruct, input: BytesLike, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'requestByRoot'): TypedContractMethod<
      [parameters: RequestParametersStruct, inputRoot: BytesLike, inputUri: string, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'requestIdOf'): TypedContractMethod<
      [requester: AddressLike, parameters: RequestParametersStruct, inputRoot: BytesLike, inputPublished: boolean, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'requestOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [RequestStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'requireIncluded'): TypedContractMethod<
      [inclusion: BatchInclusionStruct, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'resultIdOf'): TypedContractMethod<
      [batchId: BytesLike, index: BigNumberish, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'securityOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [[bigint, bigint] & {lock: bigint, sharedBy: bigint }],
      'view'
    >;
getFunction(nameOrSignature: 'settle'): TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'settleBatch'): TypedContractMethod<
      [batch: BatchStruct, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'showResult'): TypedContractMethod<
      [inclusion: BatchInclusionStruct, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'statusOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'traceRootOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'vault'): TypedContractMethod<
      [],
      [string],
      'view'
    >;

    getEvent(key: 'BatchCommitted'): TypedContractEvent<BatchCommittedEvent.InputTuple, BatchCommittedEvent.OutputTuple, BatchCommittedEvent.OutputObject>;
getEvent(key: 'BatchEnded'): TypedContractEvent<BatchEndedEvent.InputTuple, BatchEndedEvent.OutputTuple, BatchEndedEvent.OutputObject>;
getEvent(key: 'BatchPublished'): TypedContractEvent<BatchPublishedEvent.InputTuple, BatchPublishedEvent.OutputTuple, BatchPublishedEvent.OutputObject>;
getEvent(key: 'InferenceRequested'): TypedContractEvent<InferenceRequestedEvent.InputTuple, InferenceRequestedEvent.OutputTuple, InferenceRequestedEvent.OutputObject>;
getEvent(key: 'InputPublished'): TypedContractEvent<InputPublishedEvent.InputTuple, InputPublishedEvent.OutputTuple, InputPublishedEvent.OutputObject>;
getEvent(key: 'OutputLocated'): TypedContractEvent<OutputLocatedEvent.InputTuple, OutputLocatedEvent.OutputTuple, OutputLocatedEvent.OutputObject>;
getEvent(key: 'RequestAccepted'): TypedContractEvent<RequestAcceptedEvent.InputTuple, RequestAcceptedEvent.OutputTuple, RequestAcceptedEvent.OutputObject>;
getEvent(key: 'RequestEnded'): TypedContractEvent<RequestEndedEvent.InputTuple, RequestEndedEvent.OutputTuple, RequestEndedEvent.OutputObject>;
getEvent(key: 'RequestReopened'): TypedContractEvent<RequestReopenedEvent.InputTuple, RequestReopenedEvent.OutputTuple, RequestReopenedEvent.OutputObject>;
getEvent(key: 'ResultCommitted'): TypedContractEvent<ResultCommittedEvent.InputTuple, ResultCommittedEvent.OutputTuple, ResultCommittedEvent.OutputObject>;
getEvent(key: 'ResultLinked'): TypedContractEvent<ResultLinkedEvent.InputTuple, ResultLinkedEvent.OutputTuple, ResultLinkedEvent.OutputObject>;
getEvent(key: 'ResultShown'): TypedContractEvent<ResultShownEvent.InputTuple, ResultShownEvent.OutputTuple, ResultShownEvent.OutputObject>;
getEvent(key: 'TracePosted'): TypedContractEvent<TracePostedEvent.InputTuple, TracePostedEvent.OutputTuple, TracePostedEvent.OutputObject>;

    filters: {

      'BatchCommitted(bytes32,address,bytes32,bytes32,uint32,bool)': TypedContractEvent<BatchCommittedEvent.InputTuple, BatchCommittedEvent.OutputTuple, BatchCommittedEvent.OutputObject>;
      BatchCommitted: TypedContractEvent<BatchCommittedEvent.InputTuple, BatchCommittedEvent.OutputTuple, BatchCommittedEvent.OutputObject>;


      'BatchEnded(bytes32,uint8)': TypedContractEvent<BatchEndedEvent.InputTuple, BatchEndedEvent.OutputTuple, BatchEndedEvent.OutputObject>;
      BatchEnded: TypedContractEvent<BatchEndedEvent.InputTuple, BatchEndedEvent.OutputTuple, BatchEndedEvent.OutputObject>;


      'BatchPublished(bytes32,bytes32,tuple[])': TypedContractEvent<BatchPublishedEvent.InputTuple, BatchPublishedEvent.OutputTuple, BatchPublishedEvent.OutputObject>;
      BatchPublished: TypedContractEvent<BatchPublishedEvent.InputTuple, BatchPublishedEvent.OutputTuple, BatchPublishedEvent.OutputObject>;


      'InferenceRequested(bytes32,address,tuple,bytes32,bytes,string)': TypedContractEvent<InferenceRequestedEvent.InputTuple, InferenceRequestedEvent.OutputTuple, InferenceRequestedEvent.OutputObject>;
      InferenceRequested: TypedContractEvent<InferenceRequestedEvent.InputTuple, InferenceRequestedEvent.OutputTuple, InferenceRequestedEvent.OutputObject>;


      'InputPublished(bytes32,bytes,uint40)': TypedContractEvent<InputPublishedEvent.InputTuple, InputPublishedEvent.OutputTuple, InputPublishedEvent.OutputObject>;
      InputPublished: TypedContractEvent<InputPublishedEvent.InputTuple, InputPublishedEvent.OutputTuple, InputPublishedEvent.OutputObject>;


      'OutputLocated(bytes32,string)': TypedContractEvent<OutputLocatedEvent.InputTuple, OutputLocatedEvent.OutputTuple, OutputLocatedEvent.OutputObject>;
      OutputLocated: TypedContractEvent<OutputLocatedEvent.InputTuple, OutputLocatedEvent.OutputTuple, OutputLocatedEvent.OutputObject>;


      'RequestAccepted(bytes32,address,uint256)': TypedContractEvent<RequestAcceptedEvent.InputTuple, RequestAcceptedEvent.OutputTuple, RequestAcceptedEvent.OutputObject>;
      RequestAccepted: TypedContractEvent<RequestAcceptedEvent.InputTuple, RequestAcceptedEvent.OutputTuple, RequestAcceptedEvent.OutputObject>;


      'RequestEnded(bytes32,uint8)': TypedContractEvent<RequestEndedEvent.InputTuple, RequestEndedEvent.OutputTuple, RequestEndedEvent.OutputObject>;
      RequestEnded: TypedContractEvent<RequestEndedEvent.InputTuple, RequestEndedEvent.OutputTuple, RequestEndedEvent.OutputObject>;


      'RequestReopened(bytes32,uint40,uint256)': TypedContractEvent<RequestReopenedEvent.InputTuple, RequestReopenedEvent.OutputTuple, RequestReopenedEvent.OutputObject>;
      RequestReopened: TypedContractEvent<RequestReopenedEvent.InputTuple, RequestReopenedEvent.OutputTuple, RequestReopenedEvent.OutputObject>;


      'ResultCommitted(bytes32,address,bytes32,bytes32,bytes,uint40)': TypedContractEvent<ResultCommittedEvent.InputTuple, ResultCommittedEvent.OutputTuple, ResultCommittedEvent.OutputObject>;
      ResultCommitted: TypedContractEvent<ResultCommittedEvent.InputTuple, ResultCommittedEvent.OutputTuple, ResultCommittedEvent.OutputObject>;


      'ResultLinked(bytes32,bytes32,uint32,bytes32)': TypedContractEvent<ResultLinkedEvent.InputTuple, ResultLinkedEvent.OutputTuple, ResultLinkedEvent.OutputObject>;
      ResultLinked: TypedContractEvent<ResultLinkedEvent.InputTuple, ResultLinkedEvent.OutputTuple, ResultLinkedEvent.OutputObject>;


      'ResultShown(bytes32,bytes32,bytes32,uint32,bytes32,bytes32,bytes32,bytes32)': TypedContractEvent<ResultShownEvent.InputTuple, ResultShownEvent.OutputTuple, ResultShownEvent.OutputObject>;
      ResultShown: TypedContractEvent<ResultShownEvent.InputTuple, ResultShownEvent.OutputTuple, ResultShownEvent.OutputObject>;


      'TracePosted(bytes32,bytes32)': TypedContractEvent<TracePostedEvent.InputTuple, TracePostedEvent.OutputTuple, TracePostedEvent.OutputObject>;
      TracePosted: TypedContractEvent<TracePostedEvent.InputTuple, TracePostedEvent.OutputTuple, TracePostedEvent.OutputObject>;

    };
  }
