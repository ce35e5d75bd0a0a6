package io.portico.gateway.control;

import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages of HTTP and WebSocket APIs, compiled from their records. */
final class V2Stages {
  private static final Logger LOG = LoggerFactory.getLogger(V2Stages.class);

  private final HttpApiCompiler http;
  private final WebSocketApiCompiler webSocket;

  V2Stages(HttpApiCompiler http, WebSocketApiCompiler webSocket) {
    this.http = http;
    this.webSocket = webSocket;
  }

  /** The HTTP or WebSocket API of an id, or null where it is none of these. */
  static @Nullable ApiRecord api(RecordReader records, String apiId) {
    ApiScopeRecord scope = records.find(RecordTypes.API_SCOPE, "", apiId).orElse(null);
    return scope == null
        ? null
        : records.find(V2RecordTypes.API, scope.scope(), apiId).orElse(null);
  }

  /** One stage of an API. */
  ServedStage of(RecordReader records, ApiRecord api, String stageName) {
    StageRecord stage =
        records
            .find(V2RecordTypes.STAGE, api.apiId(), stageName)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no stage " + stageName + " of API " + api.apiId()));
    return compile(records, api, stage);
  }

  /** All stages of an API. */
  List<ServedStage> of(RecordReader records, ApiRecord api) {
    return records.list(V2RecordTypes.STAGE, api.apiId()).stream()
        .map(stage -> compile(records, api, stage))
        .toList();
  }

  /** All there are. One that cannot be compiled is not served, and the log says so. */
  List<ServedStage> all(RecordReader records) {
    Map<String, ApiRecord> apis = new HashMap<>();
    for (Located<ApiRecord> api : records.all(V2RecordTypes.API)) {
      apis.put(api.value().apiId(), api.value());
    }
    List<ServedStage> stages = new ArrayList<>();
    for (Located<StageRecord> stage : records.all(V2RecordTypes.STAGE)) {
      String apiId = stage.key().parent();
      ApiRecord api = apis.get(apiId);
      if (api == null) {
        LOG.error("stage {} is not served: its API {} is gone", stage.key().id(), apiId);
      } else {
        try {
          stages.add(compile(records, api, stage.value()));
        } catch (RuntimeException e) {
          LOG.error("stage {} of API {} is not served", stage.key().id(), apiId, e);
        }
      }
    }
    return stages;
  }

  private ServedStage compile(RecordReader records, ApiRecord api, StageRecord stage) {
    String id = stage.deploymentId();
    DeploymentRecord deployment =
        id == null
            ? null
            : records
                .find(V2RecordTypes.DEPLOYMENT, api.apiId(), id)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "stage " + stage.stageName() + " points to no deployment"));
    RecordedVpcLinks links = new RecordedVpcLinks(records, api.scope());
    return api.isHttp()
        ? http.compile(api, deployment, stage, links)
        : webSocket.compile(
            api,
            deployment,
            stage,
            StageCertificates.of(
                records, api.scope(), stage.stageName(), stage.clientCertificateId()),
            links);
  }
}
