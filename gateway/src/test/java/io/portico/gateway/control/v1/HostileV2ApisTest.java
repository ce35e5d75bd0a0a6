package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.ServedApi;
import io.portico.gateway.control.WalkedApi;
import io.portico.gateway.control.WalkedApi.Call;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hostile values in HTTP and WebSocket APIs and in all that belongs to them, while stages deploy
 * what is accepted: each is answered or refused, a refusal changes and publishes nothing, and what
 * is accepted can be read and exported.
 */
final class HostileV2ApisTest {
  private static final Caller CALLER = new Caller(ServedApi.ACCOUNT, "us-east-1", null);

  private final HostilePlane plane = new HostilePlane();
  private final ServedApi v2 =
      new ServedApi(AwsApi.API_GATEWAY_V2, plane.control.v2(), plane.control.store, Map.of());

  private ObjectNode v1(String operation, String input) {
    return plane.control.call(CALLER, operation, (ObjectNode) Json.parse(input.replace('\'', '"')));
  }

  private static Call export(String api, String stage) {
    return new Call(
        "ExportApi",
        Json.object()
            .put("ApiId", api)
            .put("StageName", stage)
            .put("Specification", "OAS30")
            .put("OutputType", "YAML"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-api", "websocket-api"})
  void eachIsAnsweredOrRefused(String name) throws IOException {
    WrittenCalls calls = WrittenCalls.of(name);
    calls.know(
        "certificate", v1("GenerateClientCertificate", "{}").get("clientCertificateId").asString());
    ObjectNode _ =
        v1(
            "UpdateAccount",
            "{'patchOperations': [{'op': 'replace', 'path': '/cloudwatchRoleArn', 'value':"
                + " 'arn:aws:iam::111122223333:role/logs'}]}");
    calls.begin(v2);
    v2.watch(plane::published);

    WalkedApi.walk(
        v2,
        calls.honest(),
        calls.refused(),
        List.of(export(calls.known("api"), "automatic"), export(calls.known("api"), "manual")));
  }

  @Test
  void noOperationIsLeftOut() throws IOException {
    Set<String> tried = new TreeSet<>(WrittenCalls.of("http-api").operations());
    tried.addAll(WrittenCalls.of("websocket-api").operations());
    tried.addAll(HostileV2Test.operations(v2));

    assertThat(tried).containsExactlyElementsOf(v2.operationNames());
  }
}
