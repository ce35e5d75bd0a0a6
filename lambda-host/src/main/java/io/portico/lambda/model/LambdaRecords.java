package io.portico.lambda.model;

import io.portico.gateway.store.RecordType;

/** The kinds of records of the Lambda host. */
public final class LambdaRecords {
  /** Parent: account and region; id: the name. */
  public static final RecordType<FunctionRecord> FUNCTION =
      new RecordType<>("lambda-function", FunctionRecord.class);

  /** Parent: {@link #parent}; id: {@link #versionId}. */
  public static final RecordType<VersionRecord> VERSION =
      new RecordType<>("lambda-version", VersionRecord.class);

  /** Parent: {@link #parent}; id: the name. */
  public static final RecordType<AliasRecord> ALIAS =
      new RecordType<>("lambda-alias", AliasRecord.class);

  /** Parent: {@link #parent}; id: {@code $LATEST} for the function, else a number or an alias. */
  public static final RecordType<PolicyRecord> POLICY =
      new RecordType<>("lambda-policy", PolicyRecord.class);

  /** Parent: {@link #parent}; id: {@code $LATEST}, a number or an alias. */
  public static final RecordType<EventInvokeRecord> EVENT_INVOKE =
      new RecordType<>("lambda-event-invoke-config", EventInvokeRecord.class);

  /** Parent: {@link #parent}; id: {@code $LATEST} or a number. */
  public static final RecordType<RuntimeManagementRecord> RUNTIME_MANAGEMENT =
      new RecordType<>("lambda-runtime-management", RuntimeManagementRecord.class);

  /** Parent: account and region; id: the function's name. */
  public static final RecordType<RecursionRecord> RECURSION =
      new RecordType<>("lambda-recursion", RecursionRecord.class);

  /** Parent: account and region; id: the name. */
  public static final RecordType<LayerRecord> LAYER =
      new RecordType<>("lambda-layer", LayerRecord.class);

  /** Parent: {@link #parent}, of the layer; id: {@link #layerVersionId}. */
  public static final RecordType<LayerVersionRecord> LAYER_VERSION =
      new RecordType<>("lambda-layer-version", LayerVersionRecord.class);

  /** Parent: {@link #parent}, of the layer; id: {@link #layerVersionId}. */
  public static final RecordType<LayerPolicyRecord> LAYER_POLICY =
      new RecordType<>("lambda-layer-policy", LayerPolicyRecord.class);

  /** Parent: {@link #parent}; id: {@link AsyncEventRecord#id}. */
  public static final RecordType<AsyncEventRecord> ASYNC_EVENT =
      new RecordType<>("lambda-async-event", AsyncEventRecord.class);

  /** Parent: {@link #parent}; id: the request's. */
  public static final RecordType<AsyncPayloadRecord> ASYNC_PAYLOAD =
      new RecordType<>("lambda-async-payload", AsyncPayloadRecord.class);

  /** Parent: {@link #parent}; id: the request's. */
  public static final RecordType<AsyncResponseRecord> ASYNC_RESPONSE =
      new RecordType<>("lambda-async-response", AsyncResponseRecord.class);

  /** Parent: {@link #parent}; id: {@code $LATEST} or an alias. */
  public static final RecordType<FunctionUrlRecord> FUNCTION_URL =
      new RecordType<>("lambda-function-url", FunctionUrlRecord.class);

  private LambdaRecords() {}

  /** The parent of what belongs to a function, or to a layer. */
  public static String parent(String scope, String name) {
    return scope + "/" + name;
  }

  /** The id of a numbered version: as texts they are in the order of the numbers. */
  public static String versionId(int number) {
    return "%010d".formatted(number);
  }

  /** The id of a layer version: as texts the newest one comes first. */
  public static String layerVersionId(int number) {
    return "%010d".formatted(Integer.MAX_VALUE - number);
  }
}
