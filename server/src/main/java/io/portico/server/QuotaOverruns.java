package io.portico.server;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage;

/** Calls that go beyond AWS's quotas, in the log. */
record QuotaOverruns(Quotas quotas) implements Overruns {
  @Override
  public void payload(ServedStage stage, long bytes) {
    quotas.tell(Quota.PAYLOAD_SIZE, owner(stage), bytes);
  }

  @Override
  public void payloadBeyond(ServedStage stage, long bytes) {
    quotas.tellBeyond(Quota.PAYLOAD_SIZE, owner(stage), bytes);
  }

  @Override
  public void iterations(ServedStage stage, long count) {
    quotas.tell(Quota.FOREACH_ITERATIONS, owner(stage), count);
  }

  @Override
  public void headers(ServedStage stage, long bytes) {
    quotas.tell(Quota.HEADER_SIZE, owner(stage), bytes);
  }

  @Override
  public void url(ServedStage stage, long characters) {
    quotas.tell(lengthOfUrl(stage), owner(stage), characters);
  }

  @Override
  public void authorizerResult(ServedStage stage, long bytes) {
    quotas.tell(Quota.AUTHORIZER_RESULT_SIZE, owner(stage), bytes);
  }

  private static Quota lengthOfUrl(ServedStage stage) {
    if (stage instanceof WebSocketStage) {
      return Quota.WEBSOCKET_URL_LENGTH;
    }
    return stage.cloudFront() == null ? Quota.URL_LENGTH : Quota.EDGE_URL_LENGTH;
  }

  private static String owner(ServedStage stage) {
    return "calls of stage %s of API %s".formatted(stage.stageName(), stage.apiId());
  }
}
