// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"

    export type RequestParametersStruct = {modelId: BytesLike, profileId: BytesLike, fee: BigNumberish, deadline: BigNumberish, operator: AddressLike, minStake: BigNumberish, salt: BigNumberish}

    export type RequestParametersStructOutput = [modelId: string, profileId: string, fee: bigint, deadline: bigint, operator: string, minStake: bigint, salt: bigint] & {modelId: string, profileId: string, fee: bigint, deadline: bigint, operator: string, minStake: bigint, salt: bigint }


    export type ModelRecordStruct = {machineVersion: BigNumberish, programRoot: BytesLike, constantsRoot: BytesLike, inputDepth: BigNumberish, constantsDepth: BigNumberish, stepDepth: BigNumberish, wordDepth: BigNumberish, stepCount: BigNumberish, inputBytes: BigNumberish, outputBytes: BigNumberish}

    export type ModelRecordStructOutput = [machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint] & {machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint }


    export type ProfileStruct = {windowSeconds: BigNumberish, clockSeconds: BigNumberish, censorshipSeconds: BigNumberish, inclusionSeconds: BigNumberish, traceSeconds: BigNumberish, lockBurnBps: BigNumberish, requesterBps: BigNumberish, bondBurnBps: BigNumberish, lock: BigNumberish, bond: BigNumberish, missedDeadlinePenalty: BigNumberish, voidPenalty: BigNumberish, answerRefund: BigNumberish, stepRefund: BigNumberish}

    export type ProfileStructOutput = [windowSeconds: bigint, clockSeconds: bigint, censorshipSeconds: bigint, inclusionSeconds: bigint, traceSeconds: bigint, lockBurnBps: bigint, requesterBps: bigint, bondBurnBps: bigint, lock: bigint, bond: bigint, missedDeadlinePenalty: bigint, voidPenalty: bigint, answerRefund: bigint, stepRefund: bigint] & {windowSeconds: bigint, clockSeconds: bigint, censorshipSeconds: bigint, inclusionSeconds: bigint, traceSeconds: bigint, lockBurnBps: bigint, requesterBps: bigint, bondBurnBps: bigint, lock: bigint, bond: bigint, missedDeadlinePenalty: bigint, voidPenalty: bigint, answerRefund: bigint, stepRefund: bigint }


    export type RequestStruct = {requester: AddressLike, status: BigNumberish, inputPublished: boolean, tainted: boolean, deadline: BigNumberish, operator: AddressLike, committedAt: BigNumberish, windowEndsAt: BigNumberish, openGames: BigNumberish, modelId: BytesLike, profileId: BytesLike, inputRoot: BytesLike, fee: BigNumberish, lock: BigNumberish, outputRoot: BytesLike, traceRoot: BytesLike}

    export type RequestStructOutput = [requester: string, status: bigint, inputPublished: boolean, tainted: boolean, deadline: bigint, operator: string, committedAt: bigint, windowEndsAt: bigint, openGames: bigint, modelId: string, profileId: string, inputRoot: string, fee: bigint, lock: bigint, outputRoot: string, traceRoot: string] & {requester: string, status: bigint, inputPublished: boolean, tainted: boolean, deadline: bigint, operator: string, committedAt: bigint, windowEndsAt: bigint, openGames: bigint, modelId: string, profileId: string, inputRoot: string, fee: bigint, lock: bigint, outputRoot: string, traceRoot: string }


export declare namespace IInferenceCourt {

    export type DossierStruct = {operator: AddressLike, inputRoot: BytesLike, outputRoot: BytesLike, traceRoot: BytesLike, record: ModelRecordStruct}

    export type DossierStructOutput = [operator: string, inputRoot: string, outputRoot: string, traceRoot: string, record: ModelRecordStructOutput] & {operator: string, inputRoot: string, outputRoot: string, traceRoot: string, record: ModelRecordStructOutput }

    }

  export interface InferenceHubInterface extends Interface {
    getFunction(nameOrSignature: "accept" | "closeGame" | "commit" | "dossierOf" | "expire" | "finalOutputRoot" | "game" | "isFinal" | "isResult" | "openGame" | "operatorOf" | "postTrace" | "profileOf" | "profiles" | "registry" | "request" | "requestByRoot" | "requestIdOf" | "requestOf" | "settle" | "statusOf" | "traceRootOf" | "vault"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "InferenceRequested" | "RequestAccepted" | "RequestEnded" | "ResultCommitted" | "TracePosted"): EventFragment;

    encodeFunctionData(functionFragment: 'accept', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'closeGame', values: [BytesLike, AddressLike, BigNumberish, BigNumberish, BigNumberish]): string;
encodeFunctionData(functionFragment: 'commit', values: [BytesLike, BytesLike, BytesLike, BytesLike[]]): string;
encodeFunctionData(functionFragment: 'dossierOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'expire', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'finalOutputRoot', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'game', values?: undefined): string;
encodeFunctionData(functionFragment: 'isFinal', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'isResult', values: [BytesLike, BytesLike]): string;
encodeFunctionData(functionFragment: 'openGame', values: [BytesLike, AddressLike]): string;
encodeFunctionData(functionFragment: 'operatorOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'postTrace', values: [BytesLike, BytesLike, BytesLike[]]): string;
encodeFunctionData(functionFragment: 'profileOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'profiles', values?: undefined): string;
encodeFunctionData(functionFragment: 'registry', values?: undefined): string;
encodeFunctionData(functionFragment: 'request', values: [RequestParametersStruct, BytesLike]): string;
encodeFunctionData(functionFragment: 'requestByRoot', values: [RequestParametersStruct, BytesLike, string]): string;
encodeFunctionData(functionFragment: 'requestIdOf', values: [AddressLike, RequestParametersStruct, BytesLike, boolean]): string;
encodeFunctionData(functionFragment: 'requestOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'settle', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'statusOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'traceRootOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'vault', values?: undefined): string;

    decodeFunctionResult(functionFragment: 'accept', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'closeGame', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'commit', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'dossierOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'expire', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'finalOutputRoot', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'game', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'isFinal', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'isResult', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'openGame', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'operatorOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'postTrace', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'profileOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'profiles', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'registry', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'request', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requestByRoot', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requestIdOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'requestOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'settle', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'statusOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'traceRootOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'vault', data: BytesLike): Result;
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



    export declare namespace ResultCommittedEvent {
      export type InputTuple = [requestId: BytesLike, operator: AddressLike, outputRoot: BytesLike, traceRoot: BytesLike, output: BytesLike, windowEndsAt: BigNumberish];
      export type OutputTuple = [requestId: string, operator: string, outputRoot: string, traceRoot: string, output: string, windowEndsAt: bigint];
      export interface OutputObject {requestId: string, operator: string, outputRoot: string, traceRoot: string, output: string, windowEndsAt: bigint }
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



    closeGame: TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, outcome: BigNumberish, defendedAnswers: BigNumberish, defendedSteps: BigNumberish, ],
      [[bigint, bigint, bigint] & {status: bigint, openGames: bigint, pool: bigint }],
      'nonpayable'
    >



    commit: TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
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



    registry: TypedContractMethod<
      [],
      [string],
      'view'
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



    settle: TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
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
getFunction(nameOrSignature: 'closeGame'): TypedContractMethod<
      [requestId: BytesLike, challenger: AddressLike, outcome: BigNumberish, defendedAnswers: BigNumberish, defendedSteps: BigNumberish, ],
      [[bigint, bigint, bigint] & {status: bigint, openGames: bigint, pool: bigint }],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'commit'): TypedContractMethod<
      [requestId: BytesLike, output: BytesLike, traceRoot: BytesLike, outputProof: BytesLike[], ],
      [void],
      'nonpayable'
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
getFunction(nameOrSignature: 'registry'): TypedContractMethod<
      [],
      [string],
      'view'
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
getFunction(nameOrSignature: 'settle'): TypedContractMethod<
      [requestId: BytesLike, ],
      [void],
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

    getEvent(key: 'InferenceRequested'): TypedContractEvent<InferenceRequestedEvent.InputTuple, InferenceRequestedEvent.OutputTuple, InferenceRequestedEvent.OutputObject>;
getEvent(key: 'RequestAccepted'): TypedContractEvent<RequestAcceptedEvent.InputTuple, RequestAcceptedEvent.OutputTuple, RequestAcceptedEvent.OutputObject>;
getEvent(key: 'RequestEnded'): TypedContractEvent<RequestEndedEvent.InputTuple, RequestEndedEvent.OutputTuple, RequestEndedEvent.OutputObject>;
getEvent(key: 'ResultCommitted'): TypedContractEvent<ResultCommittedEvent.InputTuple, ResultCommittedEvent.OutputTuple, ResultCommittedEvent.OutputObject>;
getEvent(key: 'TracePosted'): TypedContractEvent<TracePostedEvent.InputTuple, TracePostedEvent.OutputTuple, TracePostedEvent.OutputObject>;

    filters: {

      'InferenceRequested(bytes32,address,tuple,bytes32,bytes,string)': TypedContractEvent<InferenceRequestedEvent.InputTuple, InferenceRequestedEvent.OutputTuple, InferenceRequestedEvent.OutputObject>;
      InferenceRequested: TypedContractEvent<InferenceRequestedEvent.InputTuple, InferenceRequestedEvent.OutputTuple, InferenceRequestedEvent.OutputObject>;


      'RequestAccepted(bytes32,address,uint256)': TypedContractEvent<RequestAcceptedEvent.InputTuple, RequestAcceptedEvent.OutputTuple, RequestAcceptedEvent.OutputObject>;
      RequestAccepted: TypedContractEvent<RequestAcceptedEvent.InputTuple, RequestAcceptedEvent.OutputTuple, RequestAcceptedEvent.OutputObject>;


      'RequestEnded(bytes32,uint8)': TypedContractEvent<RequestEndedEvent.InputTuple, RequestEndedEvent.OutputTuple, RequestEndedEvent.OutputObject>;
      RequestEnded: TypedContractEvent<RequestEndedEvent.InputTuple, RequestEndedEvent.OutputTuple, RequestEndedEvent.OutputObject>;


      'ResultCommitted(bytes32,address,bytes32,bytes32,bytes,uint40)': TypedContractEvent<ResultCommittedEvent.InputTuple, ResultCommittedEvent.OutputTuple, ResultCommittedEvent.OutputObject>;
      ResultCommitted: TypedContractEvent<ResultCommittedEvent.InputTuple, ResultCommittedEvent.OutputTuple, ResultCommittedEvent.OutputObject>;


      'TracePosted(bytes32,bytes32)': TypedContractEvent<TracePostedEvent.InputTuple, TracePostedEvent.OutputTuple, TracePostedEvent.OutputObject>;
      TracePosted: TypedContractEvent<TracePostedEvent.InputTuple, TracePostedEvent.OutputTuple, TracePostedEvent.OutputObject>;

    };
  }
